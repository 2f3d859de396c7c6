export * from "./sourceEvent.ts";
export { createSources, type Sources, type SourcesOptions } from "./createSources.ts";
