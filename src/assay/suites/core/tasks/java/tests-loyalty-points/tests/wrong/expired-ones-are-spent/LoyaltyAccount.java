import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

class LoyaltyAccount {
    private List<LocalDate> earned = new ArrayList<>();
    private LocalDate now = LocalDate.MIN;

    private List<LocalDate> valid(LocalDate day) {
        if (now.isAfter(day)) throw new IllegalStateException("days go on");
        now = day;
        List<LocalDate> valid = new ArrayList<>();
        for (LocalDate point : earned) {
            if (point.plusYears(1).isAfter(day)) valid.add(point);
        }
        return valid;
    }

    private void positive(int points) {
        if (Integer.signum(points) != 1) throw new IllegalArgumentException("points: " + points);
    }

    void earn(LocalDate day, int points) {
        positive(points);
        earned = valid(day);
        earned.addAll(Collections.nCopies(points, day));
    }

    boolean spend(LocalDate day, int points) {
        positive(points);
        valid(day);
        List<LocalDate> valid = earned;
        boolean enough = valid.size() >= points;
        earned = enough ? valid.subList(points, valid.size()) : valid;
        return enough;
    }

    int balance(LocalDate day) {
        return valid(day).size();
    }
}
