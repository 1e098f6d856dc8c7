class PhoneNumbersTest {
    void testNationalNumbers() {
        expect("+49301234567", "030 1234567", "49");
        expect("+12125550123", "(212) 555-0123", "1");
        expect("+35312345678", "01/234.56-78", "353");
        expect("+3961234567", "0 6 1 2 3 4 5 6 7", "39");
    }

    void testInternationalNumbers() {
        expect("+49301234567", "+49 30 1234567", "1");
        expect("+49301234567", "0049 (30) 123-45/67", "1");
        expect("+49301234567", "(00)49.30.1234567", "1");
        expect("+0123456789", "000123456789", "49");
        expect("+49030123456", "+49 (0)30 123456", "49");
        expect("+49301234567", " ( + ) 49301234567", "1");
    }

    private static void expect(String wanted, String text, String countryCode) {
        String got;
        try {
            got = PhoneNumbers.normalize(text, countryCode);
        } catch (IllegalArgumentException error) {
            throw new AssertionError(text + " is refused", error);
        }
        assert wanted.equals(got) : text + " becomes " + got;
    }

    private static void refuse(String text, String countryCode) {
        String got;
        try {
            got = PhoneNumbers.normalize(text, countryCode);
        } catch (IllegalArgumentException error) {
            return;
        }
        throw new AssertionError(text + " becomes " + got);
    }
}
