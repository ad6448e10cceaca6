// The entry of one operation.
import { operationOf, placesOf } from '../check/endpoint-table.mjs'
import { toCode } from './examples.mjs'
import { table } from './print-type.mjs'

const places = { path: 'path', query: 'query', formData: 'body' }

/** Where an entry's heading can be linked. */
export const anchorOf = (name) => name.toLowerCase().replaceAll(/[^\w-]/g, '')

/** One operation with all that can be said of it. */
export function toEntry(operation, speech, recipes) {
  const { call, row, comment, members, answer, params } = operation
  const money = speech.block(comment, '@remarks')
  const [gives, ...fails] = partsOf(speech.block(comment, '@returns'))
  return [
    `## \`${call}\``,
    `\`${operationOf(row)}\`${row.service === 'link' ? ' on `https://api.iamport.co`' : ''}`,
    speech.summary(comment),
    money === '' ? '' : `**${money}**`,
    table(['parameter', 'in', 'type', 'needed', 'meaning'], members.map(toRow)),
    `**Answers** ${sentence(speech.type(answer))} ${gives}`,
    effect[row.retry],
    ['**Fails** with', ...[...fails, ...failuresOf(row, call)].map((one) => `- ${one}`)].join('\n'),
    `\`\`\`ts\n${toCode(call, params)}\n\`\`\``,
    inStories(recipes),
  ]
    .filter((part) => part !== '')
    .join('\n\n')

  function toRow(member) {
    const place = places[placesOf(row).get(member.name)]
    const needed = (row.oneOf ?? []).includes(member.name) ? 'one of' : member.optional ? '' : 'yes'
    return [
      `\`${member.name}\``,
      place,
      speech.type(member.type),
      needed,
      speech.meaning(member, call),
    ]
  }
}

// A list of everything that looks a payment up would help nobody.
const mostStories = 4

/** Which recipes make a call, where that tells something about it. */
export const tellingStories = (recipes) => (recipes.length > mostStories ? [] : recipes)

function inStories(recipes) {
  if (recipes.length === 0) return ''
  const telling = tellingStories(recipes)
  return telling.length === 0
    ? `In a story: ${recipes.length} of the [recipes](../recipes/README.md).`
    : `In a story: ${telling.join(', ')}.`
}

const sentence = (text) => (text === '`null`' ? 'nothing (null).' : `${text}.`)
const code = (name) => `\`${name}\``

function list(names, word) {
  const all = names.map(code)
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} ${word} ${all.at(-1)}`
}

const effect = {
  read: 'It changes nothing, so the client repeats it once by itself when an answer is missing or cannot be read.',
  prepare: 'It says the same twice to the same effect, so the client repeats it once by itself.',
  cancel_with_checksum:
    'The checksum stops a second cancel, so the client repeats it once by itself.',
  never: 'The client never repeats it.',
}

/** What a call gives, and each failure it has of its own, from one sentence that tells all. */
function partsOf(returns) {
  const reasons = 'not_found|refused|unauthorized|server_error|outcome_unknown'
  const parts = returns.replaceAll('\n', ' ').split(new RegExp(`[;,] (?=\`(?:${reasons})\`)`))
  return parts.map((part) => part.replace(/(?<!\.)$/, '.'))
}

/** The failures that follow from the row. */
function failuresOf(row, call) {
  const lookups = Object.entries(row.lookup ?? {}).map(
    ([name, lookup]) => `[\`${lookup}\`](${linkTo(lookup, call)}) with the same \`${name}\``,
  )
  const ask = lookups.length === 0 ? 'no call tells' : `ask ${lookups.join(' or ')}`
  return [
    ...(row.retry === 'read'
      ? []
      : [
          `\`outcome_unknown\` when no readable answer came and it may have happened: **${ask}** before anything else.`,
        ]),
    `\`invalid_argument\`, and nothing is sent, ${refusals(row)}.`,
    'what [every call](client.md#clientfailure) can fail with.',
  ]
}

function refusals(row) {
  const inPath = [...row.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  const needed = [...new Set([...inPath, ...(row.required ?? [])])]
  const { oneOf = [], positive = [], maxListed } = row
  return [
    ...(needed.length === 0 ? [] : [`without ${list(needed, 'or')}`]),
    ...(oneOf.length === 0 ? [] : [`with neither ${list(oneOf, 'nor')}`]),
    ...(positive.length === 0 ? [] : [`when ${list(positive, 'or')} is not above 0`]),
    ...(maxListed === undefined ? [] : [`with more than ${maxListed} ids`]),
    'when a parameter is unknown or cannot be sent',
  ].join('; ')
}

/** The address of a call's entry, seen from the page of another. */
function linkTo(call, from) {
  const [group] = call.split('.')
  return `${from.startsWith(`${group}.`) ? '' : `${group}.md`}#${anchorOf(call)}`
}
