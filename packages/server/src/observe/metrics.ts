import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** Figures for Prometheus; labels are closed sets, never ids. */
export interface Metrics {
  readonly registry: Registry;
  requests(path: string, status: number, ms: number): void;
  /** Counts what was taken in, by outcome: `accepted`, `duplicate`, `rejected:too_old`, `gaps` … */
  count(outcome: string, count: number): void;
  commit(ms: number, requests: number): void;
  gauge(name: string, help: string, read: () => number): void;
}

/** Creates the metrics of one server, in a registry of their own. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Histogram({
    name: "vitrine_request_seconds",
    help: "Time to answer, by route and status",
    labelNames: ["path", "status"],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2],
    registers,
  });
  const events = new Counter({
    name: "vitrine_events_total",
    help: "Events by outcome",
    labelNames: ["outcome"],
    registers,
  });
  const commits = new Histogram({
    name: "vitrine_commit_seconds",
    help: "Time of a group commit",
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2],
    registers,
  });
  const grouped = new Counter({
    name: "vitrine_committed_requests_total",
    help: "Requests made durable",
    registers,
  });
  return {
    registry,
    requests: (path, status, ms) => requests.labels(path, String(status)).observe(ms / 1000),
    count: (outcome, count) => events.labels(outcome).inc(Math.max(0, count)),
    commit(ms, count) {
      commits.observe(ms / 1000);
      grouped.inc(count);
    },
    gauge(name, help, read) {
      const gauge: Gauge = new Gauge({ name, help, collect: () => gauge.set(read()), registers: [] });
      registry.registerMetric(gauge);
    },
  };
}
