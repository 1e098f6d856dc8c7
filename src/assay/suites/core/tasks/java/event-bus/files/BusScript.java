import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Plays a script on a bus and writes down who was called with what:
 * on NAME PATTERN PRIORITY ACTION…, once NAME PATTERN PRIORITY ACTION…, off NAME, publish TOPIC.
 * Listeners do their actions when they are called; in these, ":" stands for a space. "fail" throws.
 */
public final class BusScript {
    private static final class Failure extends RuntimeException {
        Failure(String name) {
            super(name);
        }
    }

    private final EventBus bus = new EventBus();
    private final Map<String, EventBus.Subscription> subscriptions = new HashMap<>();
    private final List<String> log = new ArrayList<>();

    public static List<String> run(List<String> commands) {
        BusScript script = new BusScript();
        for (String command : commands) {
            try {
                script.execute(command);
            } catch (Failure failure) {
                String others = Arrays.stream(failure.getSuppressed()).map(other -> " " + other.getMessage()).reduce("", String::concat);
                script.log.add("failed: " + failure.getMessage() + others);
            } catch (IllegalArgumentException refused) {
                script.log.add("refused");
            }
        }
        return script.log;
    }

    private void execute(String command) {
        String[] words = command.split(" ");
        switch (words[0]) {
            case "on" -> subscriptions.put(words[1], bus.subscribe(words[2], Integer.parseInt(words[3]), listener(words)));
            case "once" -> subscriptions.put(words[1], bus.once(words[2], Integer.parseInt(words[3]), listener(words)));
            case "off" -> subscriptions.get(words[1]).cancel();
            case "publish" -> bus.publish(words[1]);
            case "fail" -> throw new Failure(words[1]);
            default -> throw new AssertionError(command);
        }
    }

    private Consumer<String> listener(String[] words) {
        return topic -> {
            log.add(words[1] + " " + topic);
            for (int i = 4; i < words.length; i++) {
                execute(words[i].equals("fail") ? "fail " + words[1] : words[i].replace(":", " "));
            }
        };
    }
}
