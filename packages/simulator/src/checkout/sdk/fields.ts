/** Parameters as the shop passes them, responses as the provider writes them. */
export type Fields = Record<string, unknown>
