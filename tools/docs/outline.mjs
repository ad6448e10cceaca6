// The page of everything that is no operation and no record: the client itself.
import { ReflectionKind } from 'typedoc'
import { table } from './print-type.mjs'

/** The client's functions and types, functions first. */
export function clientPage(project, speech, records) {
  const own = project.children.filter(
    (one) => one.kind !== ReflectionKind.Namespace && !records.has(one),
  )
  const entries = own.toSorted((a, b) => placeOf(a) - placeOf(b))
  return [
    '# The client',
    'How calls are made, and every way they can fail: [what each failure carries](../../packages/client/README.md#failures). The operations themselves: [by path](README.md).',
    ...entries.map(toEntry),
  ]

  function toEntry(one) {
    const [signature] = one.signatures ?? []
    const comment = signature?.comment ?? one.comment
    return joined([
      `## \`${one.name}\``,
      speech.summary(comment),
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
        parameters.map(({ name, comment: own }) => [`\`${name}\``, speech.summary(own)]),
      ),
      blockOf(comment, '@returns'),
    ])
  }

  function typeOf(one) {
    if (one.type !== undefined) return isPlain(one.type) ? speech.type(one.type) : ''
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
            `\`${name}\`${flags.isOptional ? ' (may be left out)' : ''}`,
            speech.type(type),
            speech.ownMeaning({ name, comment, owner: one.name }),
          ]),
      ),
      ...methods
        .filter(({ kind }) => kind === ReflectionKind.Method)
        .map(({ signatures: [own] }) =>
          joined([speech.summary(own.comment), callOf(own, own.comment)]),
        ),
    ])
  }

  function blockOf(comment, tag) {
    const text = speech.block(comment, tag)
    const heads = { '@returns': '**Gives** ', '@throws': '**Throws** ', '@example': '' }
    return text === '' ? '' : `${heads[tag]}${text}`
  }
}

/** Functions first, then what their callers meet; what rows are made of comes last. */
function placeOf({ kind, name }) {
  const met = [
    'Client',
    'ClientOptions',
    'CallOptions',
    'CallResult',
    'ClientFailure',
    'OutcomeUnknown',
  ]
  if (kind === ReflectionKind.Function) return 0
  return met.includes(name) ? 1 + met.indexOf(name) : 1 + met.length
}

const joined = (parts) => parts.filter((part) => part !== '').join('\n\n')
const toParameter = ({ name, type, flags }) => `${name}${flags.isOptional ? '?' : ''}: ${type}`

/** Whether a type says more in words than its comment has said already. */
function isPlain(type) {
  if (type.type !== 'union') return type.type === 'reference' || type.type === 'reflection'
  return type.types.every(({ type: kind }) => kind === 'literal' || kind === 'reference')
}
