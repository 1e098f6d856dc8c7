import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the query behind the search form of a shop. */
public final class ArticleSearch {
    private static final int PAGE = 20;

    private ArticleSearch() {}

    public static Query build(Map<String, Object> filters, String sort, int page) {
        StringBuilder where = new StringBuilder();
        List<Object> args = new ArrayList<>();
        for (Map.Entry<String, Object> filter : filters.entrySet()) {
            where.append(where.isEmpty() ? " where " : " and ");
            Object value = filter.getValue();
            switch (filter.getKey()) {
                case "title" -> {
                    where.append("lower(title) like ?");
                    args.add(Like.containing(value.toString().toLowerCase()));
                }
                case "category" -> {
                    List<?> categories = (List<?>) value;
                    List<String> quoted = categories.stream().map(category -> "'" + category + "'").toList();
                    where.append("category in (" + String.join(", ", quoted) + ")");
                }
                case "minPrice" -> where.append("price >= " + value);
                case "maxPrice" -> where.append("price <= " + value);
                case "inStock" -> where.append("stock > 0");
                default -> where.append(filter.getKey() + " = ?");
            }
        }
        args.add((page - 1) * PAGE);
        String sql = "select id, title, price from articles" + where + Sort.clause(sort) + " limit " + PAGE + " offset ?";
        return new Query(sql, args);
    }
}
