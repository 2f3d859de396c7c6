import { tryLater } from "../http/problem.ts";
import { createRateLimit } from "../http/rateLimit.ts";
import type { Services } from "../services.ts";

/** Sheds what is too much, before it costs anything. */
export interface Gate {
  /**
   * Lets a request in before its body is read.
   * @returns the function to call when it is answered.
   * @throws HttpProblem 503, 429
   */
  enter(address: string): () => void;
  /** Asks for room for a page's events, once it is known whose they are. @throws HttpProblem 429 */
  limit(sender: { keyId: string; address: string; deviceId: string | undefined; events: number }): void;
}

/** Devices that may share an address: an office, a mobile network. */
const DEVICES_PER_ADDRESS = 50;

/** Creates the gate in front of event intake. */
export function createGate({ settings, clock, metrics }: Services): Gate {
  const { maxQueue, requestsPerSecond, eventsPerSecond } = settings.limits;
  const requestsOfDevice = createRateLimit(requestsPerSecond, clock);
  const requestsOfAddress = createRateLimit(requestsPerSecond * DEVICES_PER_ADDRESS, clock);
  const eventsOfDevice = createRateLimit(eventsPerSecond, clock);
  const eventsOfAddress = createRateLimit(eventsPerSecond * DEVICES_PER_ADDRESS, clock);
  let inFlight = 0;
  metrics.gauge("vitrine_requests_in_flight", "Event requests being worked on", () => inFlight);
  return {
    enter(address) {
      if (inFlight >= maxQueue) {
        // Spread, so that those who were shed do not come back as one.
        throw tryLater(503, "overloaded", "Too many requests are waiting. Try again.", 1 + Math.random() * 4);
      }
      slowDown(requestsOfAddress.take(address, 1));
      inFlight++;
      return () => inFlight--;
    },
    limit({ keyId, address, deviceId = "", events }) {
      const place = `${keyId}\n${address}`;
      const device = `${place}\n${deviceId}`;
      slowDown(
        requestsOfDevice.take(device, 1) ||
          eventsOfDevice.take(device, events) ||
          eventsOfAddress.take(place, events),
      );
    },
  };
}

function slowDown(seconds: number): void {
  if (seconds > 0) throw tryLater(429, "rate", "Slow down; keep the events and send them later.", seconds);
}
