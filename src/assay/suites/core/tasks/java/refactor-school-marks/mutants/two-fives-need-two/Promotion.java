import java.util.List;

/** Whether a pupil moves up. */
enum Promotion {
    MOVES_UP("moves up"),
    ON_TRIAL("moves up on trial"),
    STAYS("stays");

    private final String text;

    Promotion(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** What the marks at the end of the year come to. */
    static Promotion of(List<Integer> marks) {
        int fives = count(marks, 5);
        int balance = 2 * count(marks, 1) + count(marks, 2);
        if (count(marks, 6) > 0 || fives > 2) {
            return STAYS;
        }
        return switch (fives) {
            case 0 -> MOVES_UP;
            case 1 -> balance > 0 ? MOVES_UP : ON_TRIAL;
            default -> balance >= 2 ? ON_TRIAL : STAYS;
        };
    }

    private static int count(List<Integer> marks, int wanted) {
        return (int) marks.stream().filter(mark -> mark == wanted).count();
    }
}
