export { bucketHash, bucketPlace } from "./bucketHash.ts";
export { type BucketRange, bucketRanges, chooseVariant, equalWeights } from "./bucketRanges.ts";
export { inNamespace, type Namespace } from "./inNamespace.ts";
