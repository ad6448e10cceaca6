// docs/coverage.md: which operation the client calls, the simulator answers, and a test makes.
import { globSync, readFileSync } from 'node:fs'
import { operationOf } from './endpoint-table.mjs'

/** The page, from the rows, a running simulator and the client's tests. */
export async function coverage(calls, facts, simulator) {
  const tests = globSync('packages/client/{src,test}/**/*.test.ts')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
  const isTested = (call) => new RegExp(`\\b${call.replace('.', '\\.')}\\b`).test(tests)
  const answers = await createProbe(simulator)

  const documented = facts.operations.map(({ method, path }) => `${method} ${path}`)
  const older = [...new Set(calls.map(({ row }) => operationOf(row)))].filter(
    (operation) => !documented.includes(operation),
  )
  const rowsOf = (operations) =>
    Promise.all(
      operations.map(async (operation) => {
        const own = calls.filter(({ row }) => operationOf(row) === operation)
        return {
          operation,
          calls: own.map(({ call }) => call),
          served: await answers(operation),
          tested: own.length > 0 && own.every(({ call }) => isTested(call)),
        }
      }),
    )
  const current = await rowsOf(documented)
  const count = (has) => `${current.filter(has).length} of ${current.length}`
  const page = `<!-- Written by tools/check/endpoints.mjs --write. -->

# Coverage

The documented operations of the V1 REST API. Client: ${count((row) => row.calls.length > 0)}. Simulator: ${count((row) => row.served)}. Tested: ${count((row) => row.tested)}.

"Simulator" means that a running simulator answers the operation and does not call it unknown; "tested", that the client's tests make every call of the row.

${table(current)}

Two operations that the provider took out of its description and merchants still call, and the payment links, which are another service on another host:

${table(await rowsOf(older))}
`
  return { page, current }
}

function table(rows) {
  const mark = (is) => (is ? '✓' : '–')
  return [
    '| operation | client | simulator | tested |',
    '|---|---|:-:|:-:|',
    ...rows.map(({ operation, calls, served, tested }) => {
      const names = calls.map((call) => `\`${call}\``).join(', ') || '–'
      return `| \`${operation}\` | ${names} | ${mark(served)} | ${mark(tested)} |`
    }),
  ].join('\n')
}

/** Asks a simulator whether it knows an operation: it answers what it does not know in one way only. */
async function createProbe({ createSimulator }) {
  const { fetch } = createSimulator()
  const base = 'https://api.iamport.kr'
  const keys = JSON.stringify({ imp_key: 'simulator-key', imp_secret: 'simulator-secret' })
  const json = { 'content-type': 'application/json' }
  const grant = await fetch(`${base}/users/getToken`, { method: 'POST', headers: json, body: keys })
  const { response } = await grant.json()

  const ask = async (method, path) => {
    const answer = await fetch(base + path, {
      method,
      headers: { ...json, authorization: response.access_token },
      ...(method === 'GET' || method === 'DELETE' ? {} : { body: '{}' }),
    })
    return `${answer.status} ${await answer.text()}`
  }
  return async (operation) => {
    const [method, path] = operation.split(' ')
    const unknown = await ask(method, '/operation/that/nobody/serves')
    return (await ask(method, path.replaceAll(/\{\w+\}/g, 'probe'))) !== unknown
  }
}
