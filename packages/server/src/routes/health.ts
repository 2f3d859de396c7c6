import { HttpProblem } from "../http/problem.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";

/** `/health`: the process answers. `/ready`: it takes events. `/metrics`: figures for Prometheus. */
export const healthRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/health",
    auth: "none",
    cors: "none",
    handler: () => ({ status: 200, body: { status: "ok" } }),
  },
  { method: "GET", path: "/ready", auth: "none", cors: "none", handler: readReadiness },
  { method: "GET", path: "/metrics", auth: "none", cors: "none", handler: readMetrics },
];

function readReadiness({ services }: RequestContext): Answer {
  const { collector, settings } = services;
  if (!collector.queue.isOpen || collector.queue.length >= settings.limits.maxQueue) {
    throw new HttpProblem(503, "not_ready", "The server is starting, draining or overloaded.", {
      "Retry-After": "2",
    });
  }
  return { status: 200, body: { status: "ready" } };
}

async function readMetrics({ services }: RequestContext): Promise<Answer> {
  const { registry } = services.metrics;
  return { status: 200, headers: { "Content-Type": registry.contentType }, body: await registry.metrics() };
}
