/* Shows the description of the API to read. */

/* Its maker's logo would come from another server, which the page may not ask and would tell of in the console. */
const source = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, "src");
Object.defineProperty(HTMLImageElement.prototype, "src", {
  ...source,
  set(address) {
    if (["", location.host].includes(new URL(address, location.href).host)) source.set.call(this, address);
    else this.hidden = true;
  },
});
HTMLImageElement.prototype.setAttribute = function (name, value) {
  if (name === "src") this.src = value;
  else Element.prototype.setAttribute.call(this, name, value);
};

const place = document.getElementById("reference");
const { description, nonce } = place.dataset;

Redoc.init(description, { nonce, disableSearch: true, expandResponses: "200,201,202", sortPropsAlphabetically: false }, place);
