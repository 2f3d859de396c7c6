// The script of a dedicated worker, and of a service worker: it answers the cases that it is sent.
import { answer } from "./answer.ts";

interface Asked {
  data: string[];
  ports: MessagePort[];
}

addEventListener("message", (event) => {
  const { data, ports } = event as unknown as Asked;
  ports[0]!.postMessage(data.map(answer), []);
});
