import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings in profiles that inherit from one another. */
public final class Profiles {
    /** What a profile says itself, with the profiles that it inherits from. */
    private record Profile(List<String> parents, Map<String, String> settings) {}

    private final Map<String, Profile> profiles = new LinkedHashMap<>();

    private Profiles() {}

    /** All settings of a profile. */
    public static Map<String, String> resolve(String text, String profile) {
        // TO BE WRITTEN
    }

    private static Profiles parse(String text) {
        Profiles result = new Profiles();
        Map<String, String> settings = null;
        for (String raw : text.split("\n")) {
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                String[] head = line.substring(1, line.length() - 1).split(":", 2);
                List<String> parents = new ArrayList<>();
                for (String parent : head.length < 2 ? new String[0] : head[1].split(",")) {
                    parents.add(parent.strip());
                }
                settings = new LinkedHashMap<>();
                result.profiles.put(head[0].strip(), new Profile(parents, settings));
            } else if (settings != null) {
                String[] setting = line.split("=", 2);
                settings.put(setting[0].strip(), setting.length < 2 ? "" : setting[1].strip());
            }
        }
        return result;
    }
}
