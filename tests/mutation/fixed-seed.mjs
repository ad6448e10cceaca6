import fc from 'fast-check'

// Whether a mutant is killed must not depend on the run: every property draws the same cases each time.
fc.configureGlobal({ seed: 20_260_101 })
