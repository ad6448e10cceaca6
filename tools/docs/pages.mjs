// The pages of docs/reference, by file name.
import { ReflectionKind } from 'typedoc'
import { callsIn, operationOf } from '../check/endpoint-table.mjs'
import { apiPage } from './api-page.mjs'
import { paramsOf } from './examples.mjs'
import { anchorOf, specificRecipes, toEntry } from './operation.mjs'
import { createPrinter, table } from './print-type.mjs'
import { fieldsOf, membersOf, readSource } from './source.mjs'

const mark = '<!-- Written by tools/check/reference.mjs --write. -->'

/** Reads the client and returns every page, and the names without a description. */
export async function writePages(client, recipes) {
  const source = await readSource()
  const { groups } = source
  const rows = new Map(callsIn(client).map(({ call, row }) => [call, row]))
  const wanted = new Set()
  let here = ''
  const printer = createPrinter((target) => {
    wanted.add(target)
    const file = fileOf(target)
    return `${file === here ? '' : file}#${anchorOf(target.name)}`
  })

  const operations = groups.flatMap((group) =>
    group.calls.map(({ name, comment, params, result }) => {
      const call = `${group.name}.${name}`
      const row = rows.get(call)
      const members = membersOf(params).toSorted((a, b) => Number(a.optional) - Number(b.optional))
      return { group, call, row, comment, members, result, params: paramsOf(call, members, row) }
    }),
  )

  const pages = new Map()
  const write = (file, parts) => pages.set(file, `${mark}\n\n${parts.join('\n\n')}\n`)
  for (const group of groups) {
    here = `${group.name}.md`
    write(here, groupPage(group))
  }
  here = 'README.md'
  write(here, index())
  here = 'client.md'
  write(here, [
    '# The client',
    'How to make a call, its failures ([the fields of each](../../packages/client/README.md#failures)), and the records that several operations return, with the field names of the provider. Amounts are plain numbers in the unit of their currency, times are UNIX seconds. These are the *documented* shapes: parse a record before you decide on it, e.g. with `parsePayment` of `@quayside/core`. The operations: [by path](README.md).',
    await apiPage(source, printer, wanted),
  ])
  return { pages, operations, problems: printer.problems() }

  function groupPage(group) {
    const own = operations.filter((operation) => operation.group === group)
    const [title, purpose] = titleOf(group)
    const entries = own.map((one) => toEntry(one, printer, recipesOf(one.call)))
    return [
      `# ${title}`,
      purpose,
      table(
        ['operation', 'call', 'what it does'],
        own.map(({ row, call, comment }) => [
          `\`${operationOf(row)}\``,
          `[\`${call}\`](#${anchorOf(call)})`,
          firstSentence(comment),
        ]),
      ),
      `How to make a call, and its failures: [client](client.md). The examples on this page use`,
      `\`\`\`ts\nimport { createClient, ${group.name} } from '@quayside/client'\nimport { createSimulator } from '@quayside/simulator'\n\nconst { fetch } = createSimulator() // without it, and fetch below, calls go to the provider\nconst client = createClient({ key: 'simulator-key', secret: 'simulator-secret', fetch })\n\`\`\``,
      ...entries,
      ...shapesOf(here),
    ]
  }

  /** The shapes that the entries of this page refer to, directly or through another shape. */
  function shapesOf(file) {
    const shapes = []
    // A shape can refer to another one, which is added to the set while it is iterated.
    for (const target of wanted) if (fileOf(target) === file) shapes.push(toShape(target))
    return shapes.toSorted((a, b) => a.name.localeCompare(b.name)).map(({ text }) => text)
  }

  function toShape(target) {
    const rows = fieldsOf(target).map((field) => [
      `\`${field.name}\`${field.optional ? ' (may be absent)' : ''}`,
      printer.type(field.type),
      printer.meaning(field, ''),
    ])
    const body =
      rows.length > 0 ? table(['field', 'type', 'meaning'], rows) : printer.type(target.type)
    const parts = [`## \`${target.name}\``, printer.summary(target.comment), body]
    return { name: target.name, text: parts.filter((part) => part !== '').join('\n\n') }
  }

  function index() {
    const byPath = operations.toSorted((a, b) =>
      a.row.path === b.row.path ? 0 : a.row.path < b.row.path ? -1 : 1,
    )
    return [
      '# Reference of the client',
      'Every operation by its documented path, and its call. How to make a call, its failures, and the records that several operations return: [client](client.md).',
      table(
        ['path', 'method', 'call', 'what it does'],
        byPath.map(({ row, call, comment }) => [
          `\`${row.path.replaceAll('?}', '}')}\``,
          row.method,
          `[\`${call}\`](${call.split('.')[0]}.md#${anchorOf(call)})`,
          `${firstSentence(comment)}${printer.block(comment, '@remarks') === '' ? '' : ' **Moves money.**'}`,
        ]),
      ),
      '## By group',
      table(
        ['group', 'calls', 'recipes'],
        groups.map((group) => {
          const own = operations.filter((operation) => operation.group === group)
          return [
            `[${titleOf(group)[0]}](${group.name}.md)`,
            own
              .map(({ call }) => `[\`${call.split('.')[1]}\`](${group.name}.md#${anchorOf(call)})`)
              .join(' '),
            [...new Set(own.flatMap(({ call }) => specificRecipes(recipesOf(call))))].join(', '),
          ]
        }),
      ),
    ]
  }

  function titleOf({ comment }) {
    const [title, purpose] = printer.summary(comment).split(': ')
    return [title, `${purpose[0].toUpperCase()}${purpose.slice(1)}`]
  }

  function firstSentence(comment) {
    return printer
      .summary(comment)
      .replaceAll('\n', ' ')
      .split(/(?<=\.) /)[0]
  }

  function recipesOf(call) {
    const name = new RegExp(`\\b${call.replace('.', '\\.')}\\b`)
    return recipes
      .filter(({ code }) => name.test(code))
      .map(({ file, title }) => `[${title}](../recipes/${file})`)
  }
}

/** The types of one group are on its page, all others on the client's. */
function fileOf({ parent }) {
  return parent?.kind === ReflectionKind.Namespace ? `${parent.name}.md` : 'client.md'
}
