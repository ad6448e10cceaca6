// Types and comments in the words of a page.
import { Reflection, ReflectionKind } from 'typedoc'
import words from './words.json' with { type: 'json' }

const longest = 12

/** Says types and comments; `link` gives the address of a type that has an entry, or null. */
export function createSpeech(link) {
  const used = new Set()
  const unknown = new Set()

  const toText = (part) =>
    part.kind === 'inline-tag' && part.target instanceof Reflection
      ? `[\`${part.text}\`](${link(entryOf(part.target))})`
      : part.text
  const text = (parts) => (parts ?? []).map(toText).join('').trim()
  const summary = (comment) => text(comment?.summary)
  const block = (comment, tag) => {
    const found = comment?.blockTags.find((one) => one.tag === tag)
    return found === undefined ? '' : text(found.content)
  }

  function type(one) {
    switch (one.type) {
      case 'array':
        return `list of ${type(one.elementType)}`
      case 'typeOperator':
        return one.operator === 'readonly' ? type(one.target) : `\`${one}\``
      case 'literal':
        return `\`${typeof one.value === 'string' ? `'${one.value}'` : one.value}\``
      case 'union':
        return oneOf(kindsOf(one).map(type))
      case 'intersection':
        return one.types.some(isKey) ? `\`${one}\`` : one.types.map(type).join(' with ')
      case 'open':
        return 'a word that is new'
      case 'reflection':
        return inline(one.declaration)
      case 'reference':
        return reference(one)
      default:
        return `\`${one}\``
    }
  }

  function reference(one) {
    const target = one.reflection
    if (one.name === 'OpenEnum') return oneOf(kindsOf(one).map(type))
    if (target === undefined || target.kind === ReflectionKind.TypeParameter) return `\`${one}\``
    const name = `[\`${one.name}\`](${link(target)})`
    if (target.type !== undefined && isShort(target.type)) return type(target.type)
    return one.typeArguments ? `${name} of ${one.typeArguments.map(type).join(', ')}` : name
  }

  function inline(declaration) {
    const [signature] = declaration.signatures ?? []
    if (signature !== undefined) {
      const parameters = (signature.parameters ?? []).map((own) => `${own.name}: ${own.type}`)
      return `\`(${parameters.join(', ')}) => ${signature.type}\``
    }
    const members = declaration.children ?? []
    return `an object of ${members
      .map(
        ({ name, type: own, flags }) => `\`${name}${flags.isOptional ? '?' : ''}\`: ${type(own)}`,
      )
      .join('; ')}`
  }

  /** What a member means: its own comment, or what its name means everywhere. */
  function meaning(member, call) {
    const { name, owner } = member
    const found = said(member) || worded([`${owner}.${name}`, `${call}.${name}`, name])
    if (found === '') unknown.add(`${owner}.${name}`)
    return found
  }

  /** The same, of a type that is no record: its names mean something else each time. */
  const ownMeaning = (member) => said(member) || worded([`${member.owner}.${member.name}`])

  function said({ comment }) {
    const old = block(comment, '@deprecated')
    return old === '' ? summary(comment) : `Deprecated: ${old}`
  }

  function worded(keys) {
    const key = keys.find((one) => Object.hasOwn(words, one))
    if (key !== undefined) used.add(key)
    return key === undefined ? '' : words[key]
  }

  const problems = () => [
    ...[...unknown].map((name) => `${name}: no comment, and no entry in tools/docs/words.json`),
    ...Object.keys(words)
      .filter((word) => !used.has(word))
      .map((word) => `tools/docs/words.json: nothing uses ${word}`),
  ]

  return { type, text, summary, block, meaning, ownMeaning, problems }
}

/** The kinds of a union, and of the lists of words within it. */
function kindsOf(one) {
  if (one.type === 'union') {
    return one.types.flatMap(kindsOf).filter(({ name }) => name !== 'undefined')
  }
  if (one.type !== 'reference') return [one]
  if (one.name === 'OpenEnum') return [...kindsOf(one.typeArguments[0]), { type: 'open' }]
  const named = one.reflection?.type
  return named !== undefined && isShort(named) ? kindsOf(named) : [one]
}

const isKey = ({ type, operator }) => type === 'typeOperator' && operator === 'keyof'

/** A method is told of where its type is. */
const entryOf = (target) =>
  target.kindOf(ReflectionKind.Method | ReflectionKind.Property) ? target.parent : target

/** Words of a closed or open list say more in their place than behind a link. */
function isShort(type) {
  if (type.type === 'reference' && type.name === 'OpenEnum') return isShort(type.typeArguments[0])
  if (type.type !== 'union') return type.type === 'literal'
  return type.types.length <= longest && type.types.every(({ type: kind }) => kind === 'literal')
}

function oneOf(texts) {
  return texts.length < 3
    ? texts.join(' or ')
    : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`
}

/** One cell of a table: on one line, its bars kept. */
export const cell = (text) => text.replaceAll('\n', ' ').replaceAll('|', '\\|')

/** A table, or nothing without rows. */
export function table(head, rows) {
  if (rows.length === 0) return ''
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}
