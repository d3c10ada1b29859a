package io.github.autol2.arbiter.run;

/** What ranks a candidate: its score and, of equal scores, its place in the order of the candidates. */
public record Scored(double score, int index) {

    /**
     * {@return whether this is the best of the two; of equal scores the first candidate's is, in whatever order they come}
     *
     * @param other         a candidate's score
     * @param minimizeScore whether small scores are good
     */
    public boolean beats(Scored other, boolean minimizeScore) {
        int compared = minimizeScore ? Double.compare(score, other.score) : Double.compare(other.score, score);
        return compared < 0 || (compared == 0 && index <= other.index);
    }
}
