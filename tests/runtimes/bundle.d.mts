export function bundleScript(): Promise<string>
export function bundleModule(entry: string): Promise<string>
export function bundleUser(): Promise<string>
