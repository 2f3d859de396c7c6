export { createProvider, type FlagSource, type ProviderOptions } from "./createProvider.ts";
