// A cover that is not to be had leaves the board with the title to be seen, and no mark of something broken.

export function hideBrokenCovers() {
  document.addEventListener("error", (event) => drop(event.target), true);
  sweep();
  document.addEventListener("swapped", sweep);
}

function sweep() {
  for (const image of document.querySelectorAll(".cover img")) {
    if (image.complete && !image.naturalWidth) drop(image);
  }
}

function drop(element) {
  if (element instanceof HTMLImageElement && element.closest(".cover")) element.remove();
}
