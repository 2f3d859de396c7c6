// What must be changed for Electronegativity to run here; to be required before it.
const Module = require("node:module");

const REPLACED = {
  // Its parser of TypeScript needs a compiler that is a library; ours is none. It is given bundles, which are JavaScript.
  "@typescript-eslint/typescript-estree": {},
  // It asks for lists of Electron's releases and for translations; tests ask nobody.
  got: () => Promise.reject(new Error("no network in tests")),
};

const load = Module._load;
Module._load = function (name, ...rest) {
  return Object.hasOwn(REPLACED, name) ? REPLACED[name] : load.call(this, name, ...rest);
};
