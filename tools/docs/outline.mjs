// The page of the client: every export that is neither an operation nor a record.
import { ReflectionKind } from 'typedoc'
import { table } from './print-type.mjs'

/** The client's functions and types, functions first. */
export function clientPage(project, printer, records) {
  const own = project.children.filter(
    (one) => one.kind !== ReflectionKind.Namespace && !records.has(one),
  )
  const entries = own.toSorted((a, b) => placeOf(a) - placeOf(b))
  return [
    '# The client',
    'How to make a call, and its failures: [the fields of each](../../packages/client/README.md#failures). The operations: [by path](README.md).',
    ...entries.map(toEntry),
  ]

  function toEntry(one) {
    const [signature] = one.signatures ?? []
    const comment = signature?.comment ?? one.comment
    return joined([
      `## \`${one.name}\``,
      printer.summary(comment),
      signature === undefined ? typeOf(one) : callOf(signature, comment),
      ...['@throws', '@example'].map((tag) => blockOf(comment, tag)),
    ])
  }

  function callOf(signature, comment) {
    const parameters = signature.parameters ?? []
    return joined([
      `\`\`\`text\n${signature.name}(${parameters.map(toParameter).join(', ')}): ${signature.type}\n\`\`\``,
      table(
        ['parameter', 'meaning'],
        parameters.map(({ name, comment: own }) => [`\`${name}\``, printer.summary(own)]),
      ),
      blockOf(comment, '@returns'),
    ])
  }

  function typeOf(one) {
    if (one.type !== undefined) return isPlain(one.type) ? printer.type(one.type) : ''
    const members = (one.children ?? []).filter(
      ({ flags }) => !flags.isExternal && !flags.isInherited,
    )
    const methods = members.filter(({ signatures }) => signatures !== undefined)
    return joined([
      table(
        ['member', 'type', 'meaning'],
        members
          .filter(({ type, name }) => type !== undefined && !name.startsWith('['))
          .map(({ name, type, flags, comment }) => [
            `\`${name}\`${flags.isOptional ? ' (optional)' : ''}`,
            printer.type(type),
            printer.ownMeaning({ name, comment, owner: one.name }),
          ]),
      ),
      ...methods
        .filter(({ kind }) => kind === ReflectionKind.Method)
        .map(({ signatures: [own] }) =>
          joined([printer.summary(own.comment), callOf(own, own.comment)]),
        ),
    ])
  }

  function blockOf(comment, tag) {
    const text = printer.block(comment, tag)
    const heads = { '@returns': '**Returns** ', '@throws': '**Throws** ', '@example': '' }
    return text === '' ? '' : `${heads[tag]}${text}`
  }
}

/** Functions first, then the types that callers use; the parts of an endpoint come last. */
function placeOf({ kind, name }) {
  const used = [
    'Client',
    'ClientOptions',
    'CallOptions',
    'CallResult',
    'ClientFailure',
    'OutcomeUnknown',
  ]
  if (kind === ReflectionKind.Function) return 0
  return used.includes(name) ? 1 + used.indexOf(name) : 1 + used.length
}

const joined = (parts) => parts.filter((part) => part !== '').join('\n\n')
const toParameter = ({ name, type, flags }) => `${name}${flags.isOptional ? '?' : ''}: ${type}`

/** Whether a type is simple enough to print. */
function isPlain(type) {
  if (type.type !== 'union') return type.type === 'reference' || type.type === 'reflection'
  return type.types.every(({ type: kind }) => kind === 'literal' || kind === 'reference')
}
