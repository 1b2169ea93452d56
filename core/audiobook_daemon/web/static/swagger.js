/* Shows the description of the API, and lets it be tried. */
const place = document.getElementById("reference");
const { description, token } = place.dataset;

SwaggerUIBundle({
  url: description,
  domNode: place,
  deepLinking: true,
  docExpansion: "none",
  filter: true,
  persistAuthorization: false,
  validatorUrl: null,
  requestInterceptor: (request) => {
    if (token && new URL(request.url, location.href).origin === location.origin) {
      request.headers["X-CSRF-Token"] = token;
    }
    return request;
  },
});
