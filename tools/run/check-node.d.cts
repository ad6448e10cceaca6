/** Whether a Node is older than what installs and checks the rest. */
export declare function isTooOld(version: string): boolean
