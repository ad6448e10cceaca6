import node from '@astrojs/node'

// PGs and the provider post forms without an origin of the shop; the routes check origins themselves.
export default { adapter: node({ mode: 'standalone' }), security: { checkOrigin: false } }
