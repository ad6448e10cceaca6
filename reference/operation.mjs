// The entry of one operation.
import { operationOf, placesOf } from '../scripts/endpoint-table.mjs'
import { toCode } from './examples.mjs'
import { table } from './say.mjs'

const places = { path: 'path', query: 'query', formData: 'body' }

/** Where an entry's heading can be linked. */
export const anchorOf = (name) => name.toLowerCase().replaceAll(/[^\w-]/g, '')

/** One operation with all that can be said of it. */
export function toEntry(operation, speech, recipes) {
  const { call, row, comment, members, answer, params } = operation
  const money = speech.block(comment, '@remarks')
  return [
    `## \`${call}\``,
    `\`${operationOf(row)}\`${row.service === 'link' ? ' on `https://api.iamport.co`' : ''}`,
    speech.summary(comment),
    money === '' ? '' : `**${money}**`,
    table(['parameter', 'in', 'type', 'needed', 'meaning'], members.map(toRow)),
    `**Answers** ${sentence(speech.type(answer))} ${speech.block(comment, '@returns')}`,
    `**Not sent** (\`invalid_argument\`) ${refusals(row)}.`,
    repetition(row, call),
    `\`\`\`ts\n${toCode(call, params)}\n\`\`\``,
    recipes.length === 0 ? '' : `In a story: ${recipes.join(', ')}.`,
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

const sentence = (text) => (text === '`null`' ? 'nothing (null).' : `${text}.`)
const code = (name) => `\`${name}\``

function list(names, word) {
  const all = names.map(code)
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} ${word} ${all.at(-1)}`
}

function refusals(row) {
  const inPath = [...row.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  const needed = [...new Set([...inPath, ...(row.required ?? [])])]
  const { oneOf = [], positive = [], mostListed } = row
  return [
    ...(needed.length === 0 ? [] : [`without ${list(needed, 'or')}`]),
    ...(oneOf.length === 0 ? [] : [`with neither ${list(oneOf, 'nor')}`]),
    ...(positive.length === 0 ? [] : [`when ${list(positive, 'or')} is not above 0`]),
    ...(mostListed === undefined ? [] : [`with more than ${mostListed} ids`]),
    'when a parameter is unknown or cannot be sent',
  ].join('; ')
}

function repetition(row, call) {
  if (row.retry === 'read')
    return 'It changes nothing, so the client repeats it once by itself when an answer is missing or cannot be read.'
  const repeats = {
    prepare: 'It says the same twice to the same effect, so the client repeats it once by itself.',
    cancel_with_checksum:
      'The checksum stops a second cancel, so the client repeats it once by itself.',
    never: 'The client never repeats it.',
  }
  const lookups = Object.entries(row.lookup ?? {}).map(
    ([name, lookup]) => `[\`${lookup}\`](${linkTo(lookup, call)}) with the same \`${name}\``,
  )
  const ask =
    lookups.length === 0 ? 'No call tells what became of it' : `Ask ${lookups.join(' or ')}`
  return `${repeats[row.retry]} **Outcome unknown** (\`outcome_unknown\`) when no readable answer came: it may have happened. ${ask}.`
}

/** The address of a call's entry, seen from the page of another. */
function linkTo(call, from) {
  const [group] = call.split('.')
  return `${from.startsWith(`${group}.`) ? '' : `${group}.md`}#${anchorOf(call)}`
}
