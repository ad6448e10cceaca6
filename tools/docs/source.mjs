// The client's exports as TypeDoc reads them: groups of operations, the types they refer to, and the rest.
import { Application, ReflectionKind } from 'typedoc'

const client = 'packages/client'

/** Where TypeDoc writes the page of the client. */
export const apiFolder = '.cache/reference/api'

/** Reads every export of the client; `app` can write what it read. */
export async function readSource() {
  const app = await Application.bootstrapWithPlugins({
    entryPoints: [`${client}/src/index.ts`],
    tsconfig: `${client}/tsconfig.json`,
    readme: 'none',
    sort: ['source-order'],
    groupOrder: ['Functions', 'Classes', 'Interfaces', 'Type Aliases', '*'],
    disableSources: true,
    excludeExternals: true,
    excludeInternal: false,
    // `npm test` checks the types with another version of TypeScript.
    skipErrorChecking: true,
    logLevel: 'Error',
    plugin: ['typedoc-plugin-markdown'],
    outputs: [{ name: 'markdown', path: apiFolder }],
    router: 'module',
    entryFileName: 'client',
    hideBreadcrumbs: true,
    hidePageHeader: true,
    hidePageTitle: true,
    hideGroupHeadings: true,
    parametersFormat: 'table',
    interfacePropertiesFormat: 'table',
    classPropertiesFormat: 'table',
    typeAliasPropertiesFormat: 'table',
    typeDeclarationFormat: 'table',
    tableColumnSettings: {
      hideDefaults: true,
      hideInherited: true,
      hideModifiers: true,
      hideOverrides: true,
      hideSources: true,
      hideValues: true,
    },
  })
  const project = await app.convert()
  if (project === undefined || app.logger.hasErrors()) {
    throw new TypeError('TypeDoc cannot read the client')
  }
  return { app, project, groups: project.getChildrenByKind(ReflectionKind.Namespace).map(toGroup) }
}

function toGroup(namespace) {
  return {
    name: namespace.name,
    comment: namespace.comment,
    calls: namespace.getChildrenByKind(ReflectionKind.Variable).map((variable) => {
      const [params, result] = variable.type.typeArguments
      return { name: variable.name, comment: variable.comment, params, result }
    }),
  }
}

/** The fields of a named type; none of a union. */
export function fieldsOf(reflection) {
  const { type = { type: 'reference', reflection } } = reflection
  return type.type === 'union' ? [] : membersOf(type)
}

/** The members of an object type, of all members of a union or an intersection. */
export function membersOf(type) {
  switch (type.type) {
    case 'reference':
      if (type.reflection === undefined) return []
      return type.reflection.type ? membersOf(type.reflection.type) : propertiesOf(type.reflection)
    case 'reflection':
      return propertiesOf(type.declaration)
    case 'intersection':
      return type.types.flatMap(membersOf)
    case 'union':
      return merge(type.types.map(membersOf))
    default:
      return []
  }
}

function propertiesOf(reflection) {
  return (reflection.children ?? []).map((property) => ({
    name: property.name,
    optional: property.flags.isOptional,
    type: property.type,
    comment: property.comment,
    owner: reflection.name,
    property,
  }))
}

// One of several kinds of parameters: a member that only some kinds require is optional, and `?: never` is left out.
function merge(kinds) {
  const all = kinds.flat().filter(({ type }) => type.type !== 'intrinsic' || type.name !== 'never')
  const names = [...new Set(all.map(({ name }) => name))]
  return names.map((name) => {
    const own = all.filter((member) => member.name === name)
    const inEach = own.length === kinds.length
    return { ...own[0], optional: !inEach || own.some(({ optional }) => optional) }
  })
}
