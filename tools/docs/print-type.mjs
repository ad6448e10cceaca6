// Prints types and comments as Markdown.
import { Reflection, ReflectionKind } from 'typedoc'
import words from './words.json' with { type: 'json' }

const longest = 12

/** Prints types and comments; `link` returns the link to the entry of a type. */
export function createPrinter(link) {
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
        return 'another value'
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

  /** The description of a member: its own comment, or that of its name in words.json. */
  function meaning(member, call) {
    const { name, owner } = member
    const found = commentOf(member) || describedAs([`${owner}.${name}`, `${call}.${name}`, name])
    if (found === '') unknown.add(`${owner}.${name}`)
    return found
  }

  /** The description of a member outside of records, where a name has no common meaning. */
  const ownMeaning = (member) =>
    commentOf(member) || describedAs([`${member.owner}.${member.name}`])

  function commentOf({ comment }) {
    const old = block(comment, '@deprecated')
    return old === '' ? summary(comment) : `Deprecated: ${old}`
  }

  function describedAs(keys) {
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

  return { type, summary, block, meaning, ownMeaning, problems }
}

/** The members of a union, and of the enums within it. */
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

/** A method is described in the entry of its type. */
const entryOf = (target) =>
  target.kindOf(ReflectionKind.Method | ReflectionKind.Property) ? target.parent : target

/** Whether the values of an enum are few enough to be listed instead of linked. */
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

/** One cell of a table: on one line, with its bars escaped. */
const cell = (text) => text.replaceAll('\n', ' ').replaceAll('|', '\\|')

/** A table, or nothing without rows. */
export function table(head, rows) {
  if (rows.length === 0) return ''
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}
