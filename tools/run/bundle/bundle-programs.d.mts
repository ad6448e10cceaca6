export function bundleProgram(name: 'simulator' | 'shop'): Promise<string>
export function bundleNodeProgram(outdir?: string): Promise<string>
