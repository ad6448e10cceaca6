/** How far Seoul's clocks are ahead of UTC. */
export const seoulOffsetMs = 9 * 60 * 60 * 1000
