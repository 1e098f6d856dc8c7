import java.util.List;

/** A statement, and the values for its question marks, in their order. */
public record Query(String sql, List<Object> args) {}
