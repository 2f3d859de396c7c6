import { Builder } from "flatbuffers";

/** How a model wants its pixels: (value - mean) / std, per channel of 0..255. */
export interface Normalization {
  mean: number;
  std: number;
}

const CHANNELS = 3;
// Numbers of TFLite's `metadata_schema.fbs`.
const NORMALIZATION_OPTIONS = 1;
const IMAGE_PROPERTIES = 2;
const RGB = 1;
const FILE_IDENTIFIER = "M001";

/**
 * Writes TFLite model metadata that says one thing: the input is an RGB image, normalised so.
 * MediaPipe's tasks refuse a model that does not say it.
 */
export function modelMetadata(name: string, { mean, std }: Normalization): Uint8Array {
  const builder = new Builder(512);
  const process = vectorOf(builder, processUnit(builder, mean, std));
  const content = imageContent(builder);
  const label = builder.createString("image");
  const tensor = table(builder, 7, () => {
    builder.addFieldOffset(0, label, 0);
    builder.addFieldOffset(3, content, 0);
    builder.addFieldOffset(4, process, 0);
  });
  const inputs = vectorOf(builder, tensor);
  const subgraphs = vectorOf(
    builder,
    table(builder, 7, () => builder.addFieldOffset(2, inputs, 0)),
  );
  const modelName = builder.createString(name);
  const minParserVersion = builder.createString("1.0.0");
  const root = table(builder, 8, () => {
    builder.addFieldOffset(0, modelName, 0);
    builder.addFieldOffset(3, subgraphs, 0);
    builder.addFieldOffset(7, minParserVersion, 0);
  });
  builder.finish(root, FILE_IDENTIFIER);
  return builder.asUint8Array();
}

function processUnit(builder: Builder, mean: number, std: number): number {
  const means = floats(builder, mean);
  const stds = floats(builder, std);
  const options = table(builder, 2, () => {
    builder.addFieldOffset(0, means, 0);
    builder.addFieldOffset(1, stds, 0);
  });
  return table(builder, 2, () => {
    builder.addFieldInt8(0, NORMALIZATION_OPTIONS, 0);
    builder.addFieldOffset(1, options, 0);
  });
}

function imageContent(builder: Builder): number {
  const properties = table(builder, 2, () => builder.addFieldInt8(0, RGB, 0));
  return table(builder, 3, () => {
    builder.addFieldInt8(0, IMAGE_PROPERTIES, 0);
    builder.addFieldOffset(1, properties, 0);
  });
}

function table(builder: Builder, fields: number, fill: () => void): number {
  builder.startObject(fields);
  fill();
  return builder.endObject();
}

/** A vector of the same number for each channel. */
function floats(builder: Builder, value: number): number {
  builder.startVector(4, CHANNELS, 4);
  for (let channel = 0; channel < CHANNELS; channel++) builder.addFloat32(value);
  return builder.endVector();
}

function vectorOf(builder: Builder, item: number): number {
  builder.startVector(4, 1, 4);
  builder.addOffset(item);
  return builder.endVector();
}
