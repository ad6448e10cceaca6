import type { Connection, FieldDef, PoolClient } from 'pg'
import type { Outcome, Scalar } from '../driver.ts'

/** One statement of a batch, with its values as the protocol has them. */
export interface BatchStatement {
  readonly text: string
  /** The name under which the connection keeps the statement; empty when it keeps none. */
  readonly name: string
  readonly values: readonly (string | null)[]
}

/**
 * Sends statements in one message and reads one answer; `pg` itself waits for the answer of each query before it sends
 * the next. After an error the server runs nothing more of the batch.
 *
 * @param known The names that the connection keeps; the batch adds its own.
 */
export async function sendBatch(
  client: PoolClient,
  statements: readonly BatchStatement[],
  known: Set<string>,
): Promise<readonly Outcome[]> {
  const answers = await new Promise<readonly Answer[]>((resolve, reject) => {
    client.query(
      new Batch(statements, known, (error, found) =>
        error === null ? resolve(found) : reject(error),
      ),
    )
  })
  return answers.map(toOutcome)
}

type Values = readonly (string | null)[]

interface Answer {
  readonly fields: readonly FieldDef[]
  readonly rows: readonly Values[]
  /** The command, and how many rows it was about: `UPDATE 1`. */
  readonly tag: string
}

type Callback = (error: Error | null, answers: readonly Answer[]) => void

/** `pg` calls the methods, as it does those of `pg-cursor`. None may throw. */
class Batch {
  /** With a `query_timeout`, `pg` replaces it by one that stops the timer. */
  callback: Callback
  readonly #statements: readonly BatchStatement[]
  readonly #known: Set<string>
  readonly #answers: Answer[] = []
  #fields: readonly FieldDef[] = []
  #rows: Values[] = []

  constructor(statements: readonly BatchStatement[], known: Set<string>, callback: Callback) {
    this.#statements = statements
    this.#known = known
    this.callback = callback
  }

  submit(connection: Connection): void {
    // The sockets of some runtimes have no cork.
    const stream: { cork?(): void; uncork?(): void } = connection.stream
    stream.cork?.()
    for (const { text, name, values } of this.#statements) {
      if (!this.#known.has(name)) this.#parse(connection, name, text)
      connection.bind({ statement: name, values: [...values] }, true)
      connection.describe({ type: 'P', name: '' }, true)
      connection.execute(null, true)
    }
    connection.sync()
    stream.uncork?.()
  }

  #parse(connection: Connection, name: string, text: string): void {
    if (name !== '') {
      // After an error it is not known whether the server has it. It may be closed in any case.
      connection.close({ type: 'S', name }, true)
      this.#known.add(name)
    }
    connection.parse({ name, text, types: [] }, true)
  }

  handleRowDescription({ fields }: { readonly fields: readonly FieldDef[] }): void {
    this.#fields = fields
  }

  handleDataRow({ fields }: { readonly fields: Values }): void {
    this.#rows.push(fields)
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#answers.push({ fields: this.#fields, rows: this.#rows, tag: text })
    this.#fields = []
    this.#rows = []
  }

  handleReadyForQuery(): void {
    this.callback(null, this.#answers)
  }

  handleError(error: Error): void {
    for (const { name } of this.#statements) this.#known.delete(name)
    this.callback(error, [])
  }
}

function toOutcome({ fields, rows, tag }: Answer): Outcome {
  const toRow = (values: Values) =>
    Object.fromEntries(
      fields.map(({ name, dataTypeID }, index) => [
        name,
        toScalar(dataTypeID, values[index] ?? null),
      ]),
    )
  const changes = tag.startsWith('SELECT') ? 0 : Number(/\d+$/.exec(tag)?.[0] ?? 0)
  return { rows: rows.map(toRow), changes }
}

/** The oids of smallint, integer and bigint. */
const integers = [20, 21, 23]

/** Whatever the pool's own parsers are: integers must be safe numbers, everything else is text. */
function toScalar(oid: number, text: string | null): Scalar {
  if (text === null || !integers.includes(oid)) return text
  const value = Number(text)
  if (Number.isSafeInteger(value)) return value
  throw new RangeError(`The database returned ${text}, which is no safe integer`)
}
