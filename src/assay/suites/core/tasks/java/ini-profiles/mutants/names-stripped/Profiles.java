import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/** Settings in profiles that inherit from one another. */
public final class Profiles {
    /** What a profile says itself, with the profiles that it inherits from. */
    private record Profile(List<String> parents, Map<String, String> settings) {}

    private final Map<String, Profile> profiles = new LinkedHashMap<>();

    private Profiles() {}

    /** All settings of a profile. */
    public static Map<String, String> resolve(String text, String profile) {
        Map<String, String> raw = parse(text).inherited(profile, new ArrayDeque<>());
        Map<String, String> result = new TreeMap<>();
        raw.keySet().forEach(name -> result.put(name, expand(name, raw, new ArrayDeque<>())));
        return result;
    }

    /** The settings of a profile and its ancestors, as they are written; `path` leads to it. */
    private Map<String, String> inherited(String name, Deque<String> path) {
        Profile profile = profiles.get(name);
        if (profile == null) {
            throw new NoSuchElementException("no profile " + name);
        }
        if (path.contains(name)) {
            throw new IllegalStateException("profile inherits from itself: " + name);
        }
        path.push(name);
        Map<String, String> result = new TreeMap<>();
        profile.parents().forEach(parent -> result.putAll(inherited(parent, path)));
        path.pop();
        profile.settings().forEach((setting, value) -> {
            if (setting.startsWith("!")) {
                result.remove(setting.substring(1));
            } else {
                result.put(setting, value);
            }
        });
        return result;
    }

    /** The value of a setting with everything filled in; `path` holds the settings that need it. */
    private static String expand(String name, Map<String, String> raw, Deque<String> path) {
        String value = raw.get(name);
        if (value == null) {
            throw new NoSuchElementException("no setting " + name);
        }
        if (path.contains(name)) {
            throw new IllegalStateException("setting needs itself: " + name);
        }
        path.push(name);
        StringBuilder filled = new StringBuilder();
        int at = 0;
        while (at < value.length()) {
            if (value.startsWith("$$", at)) {
                filled.append('$');
                at += 2;
            } else if (value.startsWith("${", at)) {
                int end = value.indexOf('}', at);
                if (end < 0) {
                    throw new IllegalArgumentException("no } in the value of " + name);
                }
                filled.append(expand(value.substring(at + 2, end).strip(), raw, path));
                at = end + 1;
            } else {
                filled.append(value.charAt(at));
                at++;
            }
        }
        path.pop();
        return filled.toString();
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
