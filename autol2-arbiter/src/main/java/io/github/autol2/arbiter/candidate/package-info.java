/**
 * What is generated: candidates whose lambda is not known yet. Entry classes: {@link io.github.autol2.arbiter.candidate.LambdaOptions}
 * says how each gets its lambda, {@link io.github.autol2.arbiter.candidate.CandidateLambda} is what came of it, {@link io.github.autol2.arbiter.candidate.CandidateResult} and
 * {@link io.github.autol2.arbiter.candidate.CandidateOutcome} what came of the candidate. What serves these modules only says so.
 */
package io.github.autol2.arbiter.candidate;
