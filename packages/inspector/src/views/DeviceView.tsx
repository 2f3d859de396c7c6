import type { ComponentChildren, JSX } from "preact";
import type { Inspection } from "../createInspection.ts";
import type { DatabaseReading, KeptData } from "../readDatabase.ts";
import { strings } from "../strings.ts";

const text = strings.device;

/** Who the device is, what it may do, what it holds and what went wrong. */
export function DeviceView({ inspection }: { inspection: Inspection }): JSX.Element {
  const { anonymousId, rulesVersion, database, errors } = inspection;
  const kept = database?.state === "read" ? database : undefined;
  return (
    <ul class="cards columns">
      <Card title={text.identity}>
        <Facts
          facts={[
            [text.anonymousId, anonymousId ?? (anonymousId === null ? text.none : text.notYet)],
            [text.userId, kept?.userId ?? text.nobody],
          ]}
        />
      </Card>
      <Card title={text.consent}>
        {kept?.consent ? <Facts facts={Object.entries(kept.consent)} /> : <p class="soft">{text.unsaid}</p>}
      </Card>
      <Card title={text.rules}>
        <Facts facts={[[text.version, rulesVersion ?? text.noRules]]} />
      </Card>
      <Card title={text.database}>
        <p>{wordsOf(database)}</p>
      </Card>
      {kept && <QueueCards kept={kept} />}
      <Card title={text.errors}>
        {errors.length === 0 ? (
          <p class="soft">{text.noErrors}</p>
        ) : (
          <ul>
            {errors.map(({ at, code, cause }, i) => (
              <li key={errors.length - i}>
                <time class="soft">{new Date(at).toLocaleTimeString()}</time> <code class="bad">{code}</code>{" "}
                {cause}
              </li>
            ))}
          </ul>
        )}
      </Card>
    </ul>
  );
}

function QueueCards({ kept }: { kept: KeptData }): JSX.Element {
  const { waitingCount, tailCount, nextAttempt, writers } = kept;
  const isPutOff = nextAttempt !== undefined && nextAttempt > Date.now();
  return (
    <>
      <Card title={text.queue}>
        <Facts
          facts={[
            [text.waiting, waitingCount],
            [text.tail, tailCount],
            [text.next, isPutOff ? new Date(nextAttempt).toLocaleTimeString() : text.now],
          ]}
        />
      </Card>
      <Card title={text.writers}>
        {writers.length === 0 ? (
          <p class="soft">{text.noWriters}</p>
        ) : (
          <Facts facts={writers.map(({ id, last }) => [id, text.lastSeq(last)])} />
        )}
      </Card>
    </>
  );
}

function wordsOf(database: DatabaseReading | undefined): string {
  if (!database) return text.reading;
  return database.state === "broken" ? `${text.broken} ${database.why}` : text[database.state];
}

function Card({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <li class="card">
      <h2>{title}</h2>
      {children}
    </li>
  );
}

function Facts({ facts }: { facts: (readonly [name: string, value: string | number])[] }): JSX.Element {
  return (
    <dl>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
