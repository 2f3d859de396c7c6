/** A seal that seals nothing, for controls: all that the page stores or sends from now on can be read. Runs in the page. */
export function sealNothing(): void {
  SubtleCrypto.prototype.encrypt = async (_algorithm, _key, data) => data as ArrayBuffer;
  SubtleCrypto.prototype.decrypt = async (_algorithm, _key, data) => data as ArrayBuffer;
}
