import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { BatchRequest, BatchResponse, Fold, Ranges } from "@vitrine/core";

/** Where to send, and with which keys. */
export interface Target {
  /** Address of the collector, without the path prefix and without a slash at its end. */
  url: string;
  /** Secret key with the scope `write`. */
  secretKey: string;
  /** Public key of the site, with which devices read back their profiles. */
  siteKey: string;
}

/** What a device reads back, as far as it is read here. */
export interface Snapshot {
  fold: Fold;
  /** By writer that was asked for. */
  received: Record<string, Ranges>;
  /** ms since 1970, by the collector's clock. */
  time: number;
}

const MAX_ATTEMPTS = 8;

/** Longest wait for an answer; a batch is answered after its commit. */
const TIMEOUT_MS = 30_000;

/** Longest pause between attempts; a collector that asks for more gets more. */
const MAX_PAUSE_MS = 5_000;

/** Sends a batch until it is answered for good; a batch sent twice counts once there. */
export async function sendBatch(
  target: Target,
  batch: Omit<BatchRequest, "writeKey" | "sentAt">,
): Promise<BatchResponse> {
  const body = JSON.stringify({ ...batch, sentAt: new Date().toISOString() });
  const headers = { "Content-Type": "application/json", Authorization: `Bearer ${target.secretKey}` };
  return request(`${target.url}/v1/batch`, { method: "POST", headers }, body);
}

/** Reads the profile of a device as the device itself would. */
export async function readSnapshot(target: Target, secret: string, writerId: string): Promise<Snapshot> {
  const query = new URLSearchParams({ site: target.siteKey, writers: writerId });
  return request(`${target.url}/v1/profile?${query}`, { headers: { Authorization: `Bearer ${secret}` } });
}

/**
 * Asks until there is an answer: again after lost connections, overload and server errors.
 * @throws Error for what asking again cannot mend, or when it did not
 */
async function request<T>(url: string, options: RequestOptions, body?: string): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const answer = await askOnce(url, options, body);
    if (answer.status === 200) return JSON.parse(answer.text) as T;
    const mayPass = answer.status === 0 || answer.status === 429 || answer.status >= 500;
    if (!mayPass || attempt === MAX_ATTEMPTS) {
      throw new Error(
        `${new URL(url).pathname}: ${answer.status || "no answer"} ${answer.text.slice(0, 300)}`,
      );
    }
    const pauseMs = Math.max(answer.retryAfterMs, Math.min(MAX_PAUSE_MS, 50 * 2 ** attempt));
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

interface Answer {
  /** 0 when there was none; `text` then says why. */
  status: number;
  text: string;
  retryAfterMs: number;
}

// node:http and not fetch, which takes several times the CPU for small requests.
const agents = { "http:": new HttpAgent({ keepAlive: true }), "https:": new HttpsAgent({ keepAlive: true }) };

function askOnce(url: string, options: RequestOptions, body = ""): Promise<Answer> {
  const { protocol } = new URL(url);
  const isSecure = protocol === "https:";
  return new Promise((resolve) => {
    const failed = (error: Error) => resolve({ status: 0, text: error.message, retryAfterMs: 0 });
    const onAnswer = (answer: IncomingMessage) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", failed);
      answer.on("end", () => {
        const retryAfterMs = Number(answer.headers["retry-after"] ?? 0) * 1000 || 0;
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString(), retryAfterMs });
      });
    };
    const agent = agents[isSecure ? "https:" : "http:"];
    const asked = (isSecure ? httpsRequest : httpRequest)(
      url,
      { ...options, agent, timeout: TIMEOUT_MS },
      onAnswer,
    );
    asked.on("timeout", () => asked.destroy(new Error("timed out")));
    asked.on("error", failed);
    asked.end(body);
  });
}
