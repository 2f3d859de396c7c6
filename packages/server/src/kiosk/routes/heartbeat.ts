import type { Answer, RequestContext, Route } from "../../http/route.ts";
import { readHeartbeat } from "../heartbeat.ts";
import { callingKiosk, kioskPartsOf } from "../kioskParts.ts";

/**
 * `POST /v1/kiosk/heartbeat`: a kiosk tells how it is, and hears what it shall do. One that says it is idle holds no
 * lease: so a crash, a power cut or a restart ends what was lent, without another call that could be forgotten.
 */
export const heartbeatRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/kiosk/heartbeat", auth: { scope: "kiosk" }, cors: "none", handler: beat },
];

async function beat(context: RequestContext): Promise<Answer> {
  const { kiosks, commands, leases } = kioskPartsOf(context.services);
  const { id } = callingKiosk(context);
  const { heartbeat, done } = readHeartbeat(await context.json());
  if (heartbeat.session === "idle") leases.endForgotten(id);
  const waiting = context.services.database.transaction(() => {
    kiosks.beat(id, heartbeat);
    commands.done(id, done);
    return commands.waiting(id);
  });
  return {
    status: 200,
    body: {
      commands: waiting.map((command) => ({ id: command.id, kind: command.kind })),
      eventKey: context.services.secrets.eventKey.publicPoint,
      rulesKey: context.services.secrets.rulesKeys.trusted(),
    },
  };
}
