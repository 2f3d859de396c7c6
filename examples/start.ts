// `npm start`: the example shop and Vitrine on one port, with data that survives a restart.
import { parseArgs } from "node:util";
import { startDemo } from "./demo.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: process.env["PORT"] ?? "8080" },
    data: { type: "string", default: process.env["VITRINE_DATA"] ?? "data/demo" },
    help: { type: "boolean", short: "h", default: false },
  },
});

if (values.help) {
  console.log(
    "npm start -- [--port 8080] [--data data/demo]\nStarts the example shop, the collector and the console on one port.",
  );
  process.exit(0);
}

try {
  const demo = await startDemo({
    port: Number(values.port),
    dataDir: values.data,
    worker: true,
    feeds: true,
  });
  console.log(`
  Shop      ${demo.shopUrl}/
  App       ${demo.shopUrl}/app/
            (the same shop as a single-page app, rendered on the server first)
  Console   ${demo.vitrine.consoleLink()}
            (this link works once; start again for another)

  Try: accept the shop's cookie banner, look at some skirts, close the tab, come back after 30 minutes
  (or delete "vitrine.session" in the browser's local storage) and open the home page: it continues with skirts
  and says why. Watch the events arrive in the console, change a rule there, and see the open shop follow.

  Data: ${values.data}    Stop: Ctrl-C
`);
  const stop = () => void demo.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
} catch (error) {
  const busy = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
  console.error(busy ? `Port ${values.port} is taken. Choose another: npm start -- --port 8081` : error);
  process.exit(1);
}
