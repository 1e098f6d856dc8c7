import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes the query behind the search form of a shop. */
public final class ArticleSearch {
    private static final int PAGE = 20;
    private static final Set<String> FILTERS = Set.of("title", "category", "minPrice", "maxPrice", "inStock");

    private ArticleSearch() {}

    public static Query build(Map<String, Object> filters, String sort, int page) {
        for (String name : filters.keySet()) {
            if (filters.get(name) != null && !FILTERS.contains(name)) {
                throw new IllegalArgumentException("no filter " + name);
            }
        }
        if (page < 1) {
            throw new IllegalArgumentException("pages count from 1");
        }
        List<String> conditions = new ArrayList<>();
        List<Object> args = new ArrayList<>();
        if (filters.get("title") instanceof String title && !title.isBlank()) {
            conditions.add("lower(title) like ? escape '!'");
            args.add(Like.containing(title.strip().toLowerCase(Locale.ROOT)));
        }
        if (filters.get("category") instanceof List<?> categories) {
            String marks = String.join(", ", Collections.nCopies(categories.size(), "?"));
            conditions.add(categories.isEmpty() ? "1 = 0" : "category in (" + marks + ")");
            args.addAll(categories);
        }
        if (filters.get("minPrice") instanceof Number least) {
            conditions.add("price >= ?");
            args.add(least);
        }
        if (filters.get("maxPrice") instanceof Number most) {
            conditions.add("price <= ?");
            args.add(most);
        }
        if (filters.get("inStock") instanceof Boolean inStock) {
            conditions.add(inStock ? "stock > 0" : "stock = 0");
        }
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        args.add((page - 1L) * PAGE);
        String sql = "select id, title, price from articles" + where + Sort.clause(sort) + " limit " + PAGE + " offset ?";
        return new Query(sql, args);
    }
}
