/* Shows the description of the API to read. */
const place = document.getElementById("reference");
const { description, nonce } = place.dataset;

Redoc.init(description, { nonce, disableSearch: true, expandResponses: "200,201,202", sortPropsAlphabetically: false }, place);
