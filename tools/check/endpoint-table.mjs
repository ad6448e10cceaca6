// Compares the client's endpoints with the documented facts: methods, paths, where each parameter is sent
// and whether it is required. Types are compared by tools/check/endpoint-types.mjs.

/** `imp_uid[]` and `extra[requester]` are members of `imp_uid` and `extra`. */
export const toName = (documented) => documented.replace(/\[\w*\]$/, '')

/** The documented operation of an endpoint; an optional segment is part of its path. */
export const operationOf = ({ method, path }) => `${method} ${path.replaceAll('?}', '}')}`

/** The endpoints of all groups, by `group.name`. */
export function callsIn(client) {
  return Object.entries(client)
    .filter(([, group]) => typeof group === 'object' && group !== client.writeHandling)
    .flatMap(([group, rows]) =>
      Object.entries(rows).map(([name, row]) => ({ call: `${group}.${name}`, row })),
    )
}

/** Where an endpoint sends each parameter. */
export function placesOf(row) {
  const inPath = [...row.path.matchAll(/\{(\w+)/g)].map(([, name]) => name)
  return new Map([
    ...inPath.map((name) => [name, 'path']),
    ...(row.query ?? []).map((name) => [name, 'query']),
    ...(row.body ?? []).map((name) => [name, 'formData']),
  ])
}

/** Every difference between the endpoints and the facts, each as one line. */
export function compareTable(calls, facts) {
  const documented = new Map(facts.operations.map((one) => [`${one.method} ${one.path}`, one]))
  const missing = [...documented.keys()]
    .filter((operation) => !calls.some(({ row }) => operationOf(row) === operation))
    .map((operation) => `${operation}: no call`)
  return [
    ...missing,
    ...calls.flatMap(({ call, row }) => {
      const operation = documented.get(operationOf(row))
      return operation === undefined
        ? [`${call}: not documented`]
        : compareRow(call, row, operation.params, calls)
    }),
    ...lookupsWithoutCall(calls),
  ]
}

function compareRow(call, row, params, calls) {
  const places = placesOf(row)
  const siblings = calls.filter((other) => operationOf(other.row) === operationOf(row))
  const fromFacts = params.flatMap((param) => {
    const name = toName(param.name)
    const place = places.get(name)
    const needed = row.required?.includes(name) === true || row.path.includes(`{${name}}`)
    if (place === undefined) {
      const elsewhere = siblings.some((other) => placesOf(other.row).has(name))
      return elsewhere ? [] : [`${call} ${name}: not taken`]
    }
    return [
      ...(place === param.in ? [] : [`${call} ${name}: sent in the ${place}, not ${param.in}`]),
      ...(param.required === needed ? [] : [`${call} ${name}: ${needed ? '' : 'not '}needed`]),
    ]
  })
  const known = new Set(params.map(({ name }) => toName(name)))
  const beyond = [...places.keys()].filter((name) => !known.has(name))
  return [...fromFacts, ...beyond.map((name) => `${call} ${name}: not documented`)]
}

/** Lookups that are not a call which reads by that id. */
function lookupsWithoutCall(calls) {
  return calls.flatMap(({ call, row }) =>
    Object.entries(row.lookup ?? {}).flatMap(([name, lookup]) => {
      const target = calls.find((other) => other.call === lookup)?.row
      const isLookup = target?.retry === 'read' && placesOf(target).has(name)
      return isLookup ? [] : [`${call} ${name}: looked up by ${lookup}, which cannot`]
    }),
  )
}
