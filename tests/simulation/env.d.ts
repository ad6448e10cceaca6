declare module 'cloudflare:workers' {
  export interface Env {
    /** How many histories are enough; a thousand without it. */
    readonly HISTORIES?: number
  }
}

export {}
