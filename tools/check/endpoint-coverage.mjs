// docs/coverage.md: which operations the client, the simulator and the tests cover.
import { globSync, readFileSync } from 'node:fs'
import { operationOf } from './endpoint-table.mjs'

/** Builds the page from the endpoints, a running simulator and the client's tests. */
export async function coverage(calls, facts, simulator) {
  const tests = globSync('packages/client/{src,test}/**/*.test.ts')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
  const isTested = (call) => new RegExp(`\\b${call.replace('.', '\\.')}\\b`).test(tests)
  const isServed = await createProbe(simulator)

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
          served: await isServed(operation),
          tested: own.length > 0 && own.every(({ call }) => isTested(call)),
        }
      }),
    )
  const current = await rowsOf(documented)
  const count = (has) => `${current.filter(has).length} of ${current.length}`
  const page = `<!-- Written by tools/check/endpoints.mjs --write. -->

# Coverage

The documented operations of the V1 REST API. Client: ${count((row) => row.calls.length > 0)}. Simulator: ${count((row) => row.served)}. Tested: ${count((row) => row.tested)}.

"Simulator": a running simulator serves the operation. "Tested": the client's tests make every call of the row.

${table(current)}

Two operations that the provider removed from its description and merchants still use, and the payment links, another service on another host:

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

/** Checks whether a simulator serves an operation: its response to an unknown operation is always the same. */
async function createProbe({ createSimulator }) {
  const { fetch } = createSimulator()
  const base = 'https://api.iamport.kr'
  const keys = JSON.stringify({ imp_key: 'simulator-key', imp_secret: 'simulator-secret' })
  const json = { 'content-type': 'application/json' }
  const grant = await fetch(`${base}/users/getToken`, { method: 'POST', headers: json, body: keys })
  const { response } = await grant.json()

  const send = async (method, path) => {
    const result = await fetch(base + path, {
      method,
      headers: { ...json, authorization: response.access_token },
      ...(method === 'GET' || method === 'DELETE' ? {} : { body: '{}' }),
    })
    return `${result.status} ${await result.text()}`
  }
  return async (operation) => {
    const [method, path] = operation.split(' ')
    const unknown = await send(method, '/unknown/operation')
    return (await send(method, path.replaceAll(/\{\w+\}/g, 'probe'))) !== unknown
  }
}
