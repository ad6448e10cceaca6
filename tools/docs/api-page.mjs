// The page of the client: every export that is not an operation, written by TypeDoc's Markdown plugin.
import { readFileSync } from 'node:fs'
import { Comment, ReflectionKind } from 'typedoc'
import { apiFolder, fieldsOf } from './source.mjs'

/**
 * Writes the page. Each field of `records`, the types that operations refer to, has a description; of other
 * types, the members with a comment or an entry of their own in words.json.
 */
export async function apiPage({ app, project }, printer, records) {
  // A record can refer to another one, which is added to the set while it is iterated.
  for (const record of records) {
    if (record.parent !== project) continue
    if (record.type !== undefined) printer.type(record.type)
    for (const field of fieldsOf(record)) {
      printer.type(field.type)
      describe(field.property, printer.meaning(field, ''))
    }
  }
  for (const property of project.getReflectionsByKind(ReflectionKind.Property)) {
    const { name, comment, parent } = property
    describe(property, printer.ownMeaning({ name, comment, owner: parent.name }))
  }
  for (const namespace of project.getChildrenByKind(ReflectionKind.Namespace)) {
    project.removeReflection(namespace)
  }
  project.groups = project.groups.filter(({ title }) => title !== 'Namespaces')
  await app.generateOutputs(project)
  return readFileSync(`${apiFolder}/client.md`, 'utf8').trim()
}

function describe(property, meaning) {
  if (meaning !== '') property.comment ??= new Comment([{ kind: 'text', text: meaning }])
}
