/**
 * What is generated: candidates whose lambda is not known yet. Entry classes: {@link io.github.autol2.arbiter.candidate.LambdaOptions}
 * says how each gets its lambda, {@link io.github.autol2.arbiter.candidate.CandidateLambda} is what came of it. The rest serves the module.
 */
package io.github.autol2.arbiter.candidate;
