// The entry of one operation.
import { operationOf, placesOf } from '../check/endpoint-table.mjs'
import { toCode } from './examples.mjs'
import { table } from './print-type.mjs'

const places = { path: 'path', query: 'query', formData: 'body' }

/** Where an entry's heading can be linked. */
export const anchorOf = (name) => name.toLowerCase().replaceAll(/[^\w-]/g, '')

/** The whole entry of one operation. */
export function toEntry(operation, printer, recipes) {
  const { call, row, comment, members, result, params } = operation
  const money = printer.block(comment, '@remarks')
  const [returns, ...fails] = partsOf(printer.block(comment, '@returns'))
  return [
    `## \`${call}\``,
    `\`${operationOf(row)}\`${row.service === 'link' ? ' on `https://api.iamport.co`' : ''}`,
    printer.summary(comment),
    money === '' ? '' : `**${money}**`,
    table(['parameter', 'in', 'type', 'required', 'meaning'], members.map(toRow)),
    `**Returns** ${sentence(printer.type(result))} ${returns}`,
    repetition[row.retry],
    ['**Fails** with', ...[...fails, ...failuresOf(row, call)].map((one) => `- ${one}`)].join('\n'),
    `\`\`\`ts\n${toCode(call, params)}\n\`\`\``,
    usedIn(recipes),
  ]
    .filter((part) => part !== '')
    .join('\n\n')

  function toRow(member) {
    const place = places[placesOf(row).get(member.name)]
    const required = (row.oneOf ?? []).includes(member.name)
      ? 'one of'
      : member.optional
        ? ''
        : 'yes'
    return [
      `\`${member.name}\``,
      place,
      printer.type(member.type),
      required,
      printer.meaning(member, call),
    ]
  }
}

// A call that nearly every recipe makes needs no list of them.
const maxRecipes = 4

/** The recipes that make a call; none when there are too many to be specific to it. */
export const specificRecipes = (recipes) => (recipes.length > maxRecipes ? [] : recipes)

function usedIn(recipes) {
  if (recipes.length === 0) return ''
  const specific = specificRecipes(recipes)
  return specific.length === 0
    ? `Used in ${recipes.length} of the [recipes](../recipes/README.md).`
    : `Used in the recipes: ${specific.join(', ')}.`
}

const sentence = (text) => (text === '`null`' ? '`null`.' : `${text}.`)
const code = (name) => `\`${name}\``

function list(names, word) {
  const all = names.map(code)
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} ${word} ${all.at(-1)}`
}

const repetition = {
  read: 'It changes nothing, so the client repeats it once when the response is missing or malformed.',
  prepare: 'A repetition has the same effect, so the client repeats it once.',
  cancel_with_checksum: 'The checksum prevents a second cancel, so the client repeats it once.',
  never: 'The client never repeats it.',
}

/** The value of a call and each of its own failures, from the sentence that lists them. */
function partsOf(returns) {
  const reasons = 'not_found|refused|unauthorized|server_error|outcome_unknown'
  const parts = returns.replaceAll('\n', ' ').split(new RegExp(`[;,] (?=\`(?:${reasons})\`)`))
  return parts.map((part) => part.replace(/(?<!\.)$/, '.'))
}

/** The failures that follow from the data of the endpoint. */
function failuresOf(row, call) {
  const lookups = Object.entries(row.lookup ?? {}).map(
    ([name, lookup]) => `[\`${lookup}\`](${linkTo(lookup, call)}) with the same \`${name}\``,
  )
  const advice = lookups.length === 0 ? 'no call reads the outcome' : `call ${lookups.join(' or ')}`
  return [
    ...(row.retry === 'read'
      ? []
      : [
          `\`outcome_unknown\` when no valid response arrived and it may have happened: **${advice}** before anything else.`,
        ]),
    `\`invalid_argument\`, and nothing is sent, ${refusals(row)}.`,
    'the failures of [every call](client.md#clientfailure).',
  ]
}

function refusals(row) {
  const inPath = [...row.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  const required = [...new Set([...inPath, ...(row.required ?? [])])]
  const { oneOf = [], positive = [], maxListed } = row
  return [
    ...(required.length === 0 ? [] : [`without ${list(required, 'or')}`]),
    ...(oneOf.length === 0 ? [] : [`with neither ${list(oneOf, 'nor')}`]),
    ...(positive.length === 0 ? [] : [`when ${list(positive, 'or')} is not above 0`]),
    ...(maxListed === undefined ? [] : [`with more than ${maxListed} ids`]),
    'when a parameter is unknown or malformed',
  ].join('; ')
}

/** The link to a call's entry from the page of another. */
function linkTo(call, from) {
  const [group] = call.split('.')
  return `${from.startsWith(`${group}.`) ? '' : `${group}.md`}#${anchorOf(call)}`
}
