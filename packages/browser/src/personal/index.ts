export { createPersonal, type Personal } from "./personal.ts";
