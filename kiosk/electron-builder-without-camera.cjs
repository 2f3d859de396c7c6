// The kiosk for cubicles, as a program of its own: only the page without a camera is in it.
const mirror = require("./electron-builder.json");

module.exports = {
  ...mirror,
  appId: `${mirror.appId}.without-camera`,
  productName: "Vitrine Kiosk without Camera",
  files: mirror.files.map((pattern) => pattern.replace("dist/page/", "dist/page-without-camera/")),
};
