/** A JSON Schema (2020-12), or anything else that stands in the document. */
export type Node = Readonly<Record<string, unknown>>;

/** A reference to a schema by its name. */
export const ref = (name: string): Node => ({ $ref: `#/components/schemas/${name}` });

/** An object with these fields; all of them are required but those listed. */
export function object(properties: Record<string, Node>, optional: readonly string[] = []): Node {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", properties, ...(required.length > 0 ? { required } : {}) };
}

/** A list of items. */
export const list = (items: Node): Node => ({ type: "array", items });

/** A map from any key. */
export const mapOf = (values: Node): Node => ({ type: "object", additionalProperties: values });

/** Something, or null. */
export const nullable = (schema: Node): Node => ({ oneOf: [schema, { type: "null" }] });

/** Short words for common schemas. */
export const text: Node = { type: "string" };
export const flag: Node = { type: "boolean" };
export const count: Node = { type: "integer", minimum: 0 };
export const time: Node = { type: "integer", description: "Milliseconds since 1970." };
export const word = (...words: string[]): Node => ({ type: "string", enum: words });

/** An answer with a JSON body. */
export function answer(description: string, schema: Node, example?: unknown): Node {
  const media = { schema, ...(example === undefined ? {} : { example }) };
  return { description, content: { "application/json": media } };
}

/** An answer in another format. */
export function other(description: string, type: string): Node {
  return { description, content: { [type]: { schema: text } } };
}

/** An answer without a body. */
export const nothing = (description: string): Node => ({ description });

/** A refusal: RFC 9457 `application/problem+json` with one of these codes. */
export function problem(description: string, ...codes: string[]): Node {
  return {
    description: `${description} Codes: ${codes.map((code) => `\`${code}\``).join(", ")}.`,
    content: { "application/problem+json": { schema: ref("Problem") } },
  };
}

/** A parameter in the query. */
export const query = (name: string, schema: Node, description: string, required = false): Node => ({
  name,
  in: "query",
  required,
  schema,
  description,
});

/** A parameter in the path. */
export const inPath = (name: string, description: string, schema: Node = text): Node => ({
  name,
  in: "path",
  required: true,
  schema,
  description,
});

/** A parameter in the head. */
export const header = (name: string, description: string): Node => ({
  name,
  in: "header",
  required: false,
  schema: text,
  description,
});

/** A JSON body; `text/plain` too where pages send it without a preflight. */
export function body(schema: Node, example: unknown, types: readonly string[] = ["application/json"]): Node {
  return { required: true, content: Object.fromEntries(types.map((type) => [type, { schema, example }])) };
}

/** Parameters of a paginated list. */
export const paging: readonly Node[] = [
  query("limit", { type: "integer", minimum: 1, maximum: 200, default: 50 }, "Items of a page."),
  query("after", text, "`next` of the page before."),
];

/** One page of a list. */
export const pageOf = (items: Node, more: Record<string, Node> = {}): Node =>
  object({ items: list(items), next: nullable(text), ...more }, Object.keys(more));
