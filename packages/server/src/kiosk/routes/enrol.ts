import { HttpProblem } from "../../http/problem.ts";
import type { Answer, RequestContext, Route } from "../../http/route.ts";
import { readFields } from "../../routes/adminInput.ts";
import { kioskPartsOf, releaseKiosk, slowDown } from "../kioskParts.ts";
import { shopUrlOf } from "../mirrorUrl.ts";

/** `POST /v1/kiosk/enrol`: an installer's code makes a machine the kiosk it was made for. */
export const enrolRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/kiosk/enrol", auth: "none", cors: "none", handler: enrol },
];

async function enrol(context: RequestContext): Promise<Answer> {
  const { services, address } = context;
  const { kiosks, attempts } = kioskPartsOf(services);
  slowDown(attempts.enrolment, address);
  const { code } = await readFields(context);
  const enrolled =
    typeof code !== "string"
      ? undefined
      : services.database.transaction(() => {
          const done = kiosks.enrol(code);
          if (done)
            services.audit.append({
              siteId: done.kiosk.siteId,
              by: done.kiosk.keyId!,
              action: "kiosk.enrol",
              details: { kiosk: done.kiosk.id, name: done.kiosk.name },
            });
          return done;
        });
  if (!enrolled) {
    const detail = "This code is wrong, used or older than ten minutes. Make a new one in the console.";
    throw new HttpProblem(401, "unknown_code", detail);
  }
  const { kiosk, key } = enrolled;
  // The machine that was this kiosk before is it no longer.
  releaseKiosk(services, kiosk.id);
  const site = services.keys
    .list(kiosk.siteId)
    .find(({ kind, revokedAt }) => kind === "site" && revokedAt === null);
  return {
    status: 201,
    body: {
      kioskId: kiosk.id,
      name: kiosk.name,
      store: kiosk.store,
      site: site?.text ?? "",
      rulesKey: services.secrets.rulesKeys.trusted(),
      eventKey: services.secrets.eventKey.publicPoint,
      key,
      shopUrl: shopUrlOf(services.settings),
    },
  };
}
