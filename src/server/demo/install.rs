//! Delivery as a whole, and Installation, which carries it all up the stairs.

use crate::domain::okr::{State, Verdict};

use super::table::When::{First, Fourth, Second, Third};
use super::table::{ObjectiveRow, at_least, at_most, between, graded, milestones, objective, reach};

pub(super) const OBJECTIVES: &[ObjectiveRow] = &[
    objective(First, "A plan that survives a Tuesday")
        .why("Crews heard at seven in the morning where they would be at eight. Nobody does good work that way.")
        .of("rosa", &["install", "delivery"])
        .under("pace")
        .known_by(&[
            reach("Crew days that went as planned", "%", 41.0, 80.0).by("pauline").said(&[
                (41.0, 6, ""),
                (52.0, 6, "Freezing the plan ten days ahead hurts the planner and helps everybody else."),
                (68.0, 7, ""),
                (74.0, 8, ""),
            ]),
            reach("Trips for something forgotten", "trips", 23.0, 6.0).by("karim").said(&[
                (23.0, 6, ""),
                (17.0, 7, "A checklist on the van door. Old trick, good trick."),
                (9.0, 8, ""),
            ]),
            between("Hours of work in a crew’s week", "h", 34.0, 40.0).every_time().by("stine").said(&[
                (43.0, 4, ""),
                (41.0, 5, ""),
                (39.0, 7, ""),
                (38.0, 9, "First full month without a Saturday."),
            ]),
        ])
        .learned(
            Verdict::Keep,
            "Ten frozen days made us faster, not slower. The plan may be wrong, but it is the same plan for everyone.",
        ),
    objective(First, "A survey that sees through walls")
        .why("Every surprise on a building site was already there on the day of the survey. We had not looked.")
        .of("isak", &["delivery"])
        .under("warm")
        .known_by(&[
            reach("Surprises for each ten houses", "surprises", 34.0, 12.0).said(&[
                (34.0, 6, ""),
                (27.0, 7, "Endoscope in the riser shaft: the shaft is a chimney. Good to know before."),
                (19.0, 7, ""),
                (17.0, 7, ""),
            ]),
            reach("Surveys done within a week of the call", "%", 30.0, 85.0).by("pauline").said(&[
                (30.0, 6, ""),
                (44.0, 6, "Two surveyors, one car. Now two cars."),
                (72.0, 8, ""),
            ]),
            at_most("Hours that a survey takes", "h", 5.0).by("pauline").said(&[
                (9.0, 6, ""),
                (6.5, 7, ""),
                (4.5, 8, "Scanner for the rooms, people for the cellar."),
            ]),
        ])
        .learned(
            Verdict::Adapt,
            "Looking twice is cheaper than drilling once. The rest of the surprises is electrical, which no scanner sees: the next \
             step is an electrician on the first visit.",
        ),
    objective(Second, "A house is converted while people live in it")
        .why("Nobody moves out for us. So dust, noise and cold water have to be counted in hours, not weeks.")
        .of("kwame", &["delivery", "install"])
        .under("warm")
        .known_by(&[
            reach("Working days for a house of 40 flats", "days", 22.0, 10.0).by("rosa").said(&[
                (22.0, 6, ""),
                (17.0, 7, "Risers first, flats second: one idea, four days."),
                (13.0, 8, ""),
                (11.0, 8, "Kepler Street in eleven."),
            ]),
            reach("Hours without hot water for a flat", "h", 30.0, 4.0).by("jakub").said(&[
                (30.0, 6, ""),
                (14.0, 7, "A shower trailer in the yard. It has a queue and a playlist."),
                (8.0, 7, ""),
            ]),
            at_most("Flats to which we had to come back", "%", 8.0).by("isak").said(&[
                (19.0, 5, ""),
                (12.0, 6, ""),
                (9.0, 7, "One point above. The taps, always the taps."),
            ]),
        ])
        .learned(
            Verdict::Keep,
            "Risers first. It sounds like nothing, and it halved the time that a flat is open. We were one point too high in \
             come-backs and are not proud of it.",
        ),
    objective(Second, "We train the fitters that we cannot hire")
        .why("There are none on the market, so we make them: bakers, gardeners, a former opera carpenter.")
        .of("luca", &["install", "finance"])
        .under("pace")
        .aspirational()
        .known_by(&[
            reach("Career changers who pass the fitter’s test", "people", 0.0, 8.0).said(&[
                (0.0, 6, ""),
                (0.0, 7, "Test is in week twelve."),
                (7.0, 9, "Seven of eight, at the first try!"),
            ]),
            reach("Weeks until somebody works alone", "weeks", 40.0, 20.0).by("meike").said(&[
                (40.0, 5, ""),
                (32.0, 6, ""),
                (24.0, 8, "Practising on a wall in the workshop instead of on residents’."),
            ]),
            at_least("Trainees who would recommend it", "%", 90.0).by("eva").said(&[(88.0, 7, ""), (96.0, 9, "")]),
        ])
        .learned(
            Verdict::Keep,
            "We asked for eight and hoped for four. Practice walls and one patient teacher did it. This became the best thing we \
             did all year, and it began as a stopgap.",
        ),
    objective(Third, "Every house right the first time")
        .key("install-right")
        .why("Coming back costs twice: a day of a crew, and a resident’s trust.")
        .of("kwame", &["delivery", "install"])
        .under("warm")
        .weighs(2)
        .known_by(&[
            reach("Flats finished without a second visit", "%", 72.0, 95.0).key("no-second")
                .by("isak")
                .weighs(2)
                .doing(&[("Pre-assembled taps", true), ("Photo of every joint before the wall closes", false)])
                .said(&[
                (72.0, 6, ""),
                (77.0, 7, ""),
                (82.0, 7, "Taps come pre-assembled. Goodbye, taps."),
                (86.0, 8, ""),
            ]),
            reach("Working days for a house of 40 flats", "days", 11.0, 8.0).by("rosa").said(&[
                (11.0, 6, ""),
                (12.0, 5, "Twelve: units without boards do not heat."),
                (11.0, 5, ""),
                (10.0, 6, "Boards are back and we hit ten at once."),
            ]),
            between("Crews busy with what they planned", "%", 80.0, 95.0).every_time().by("pauline").said(&[
                (84.0, 7, ""),
                (71.0, 5, "Re-planned everything around the missing boards. Twice."),
                (83.0, 7, ""),
                (88.0, 8, ""),
            ]),
        ]),
    objective(Third, "The east gets a workshop of its own")
        .key("east")
        .why("Ninety minutes each way to Linden Court is a third of a crew’s day, and all of its patience.")
        .of("pauline", &["delivery", "supply"])
        .under("warm")
        .known_by(&[
            milestones("Doors open", &[
                ("A hall that we can afford", 2),
                ("Lease signed", 2),
                ("Shelves, bench and lift in", 1),
                ("First van leaves from there", 2),
            ])
            .said(&[
                (0.0, 6, "Four halls seen: one too dear, one too far, one a nightclub, one perhaps."),
                (1.0, 6, ""),
                (2.0, 8, "Lease signed. It was a piano factory; the lift carries two grands."),
            ]),
            reach("Hours on the road for a crew in a week", "h", 9.0, 5.0).by("karim").of("install").said(&[
                (9.0, 6, ""),
                (9.2, 5, "Road works on the bridge, of course."),
                (7.5, 6, "Two crews start from the piano factory already, without shelves."),
                (6.8, 7, ""),
            ]),
            reach("Local fitters who asked to join", "people", 0.0, 12.0).by("elif").of("finance").said(&[
                (0.0, 6, ""),
                (4.0, 6, ""),
                (9.0, 8, "An advert in the football club’s newsletter. Nine calls."),
            ]),
            between("Rent for each square metre", "EUR", 5.0, 8.0).by("joana").of("finance").said(&[(7.4, 8, ""), (7.4, 9, "")]),
        ]),
    objective(Third, "Crews that own a staircase from cellar to attic")
        .key("own-stairs")
        .why("Handing a flat from trade to trade loses a day at every door.")
        .of("rosa", &["install"])
        .under("no-second")
        .known_by(&[
            reach("Staircases done by one crew alone", "%", 20.0, 80.0).by("karim").said(&[
                (20.0, 6, ""),
                (33.0, 7, ""),
                (48.0, 7, "Karim’s and Stine’s crews do nothing else any more."),
                (60.0, 8, ""),
            ]),
            reach("Hand-overs in a staircase", "hand-overs", 6.0, 1.0).by("stine").said(&[
                (6.0, 6, ""),
                (4.0, 7, ""),
                (3.0, 7, "What is left is the electrician."),
                (2.2, 8, ""),
            ]),
            at_most("Accidents with time lost", "accidents", 0.0).by("jakub").said(&[
                (0.0, 8, ""),
                (1.0, 5, "Abdi’s thumb, a spiral staircase, a strap. He is fine; the strap is banned."),
                (0.0, 8, "Four weeks without one. We count the weeks aloud every Monday."),
            ]),
        ]),
    objective(Third, "The academy sends its first master into a cellar")
        .key("academy")
        .why("Last quarter’s stopgap became our best idea. Now it has to work without Luca in the room.")
        .of("luca", &["install", "finance"])
        .under("pace")
        .aspirational()
        .known_by(&[
            reach("Graduates who lead a job alone", "people", 1.0, 6.0)
                .by("meike")
                .doing(&[("Practice walls for hydraulics", true), ("A mentor for each graduate’s first house", true)])
                .said(&[
                (1.0, 7, ""),
                (2.0, 7, ""),
                (4.0, 9, "Four! Tomo, baker until last year, ran Mill Lane without one call to me."),
                (6.0, 9, "Six. The target is a floor now."),
                (7.0, 10, "Seven, and one of them trains the next."),
            ]),
            reach("Applicants for each place", "applicants", 3.0, 8.0).by("elif").of("finance").said(&[
                (3.0, 6, ""),
                (5.0, 7, ""),
                (9.0, 9, "Nine, after the evening news spent two minutes in our workshop."),
            ]),
            milestones("Runs without Luca", &[
                ("Second teacher", 2),
                ("Lessons written down", 1),
                ("One full course without him", 3),
            ])
            .by("eva")
            .said(&[
                (0.0, 6, ""),
                (1.0, 7, "Meike teaches hydraulics, better than I ever did."),
                (2.0, 8, "Written down, with drawings. The last step is in the last two weeks."),
            ]),
            at_least("Trainees who would recommend it", "%", 90.0).by("tomo").said(&[(93.0, 8, ""), (95.0, 9, ""), (94.0, 9, "")]),
        ]),
    objective(Third, "A yard is cleaner after us than before")
        .key("clean-yard")
        .why("It is the first thing that residents mention, and the last thing that we plan.")
        .of("abdi", &["install"])
        .under("own-stairs")
        .known_by(&[
            reach("Residents who call the yard “clean” or better", "%", 48.0, 85.0).by("tomo").said(&[
                (48.0, 7, ""),
                (55.0, 7, ""),
                (68.0, 8, "A broom on every van and ten minutes on every plan."),
                (74.0, 8, ""),
            ]),
            reach("Waste that is sorted for reuse", "%", 22.0, 70.0).by("eva").said(&[
                (22.0, 6, ""),
                (31.0, 6, ""),
                (39.0, 6, "Old radiators go to a sculptor. Really."),
                (45.0, 6, ""),
            ]),
            graded(
                "Caretakers’ verdict",
                "“They tidy up”",
                "“Come again”",
                "They show other caretakers round",
            )
            .said(&[(0.0, 6, ""), (1.0, 7, ""), (1.0, 8, "Mr Osei of Kepler Street lent us his own broom. High honour.")]),
        ]),
    objective(Fourth, "Winter crews: warm hands, early evenings")
        .why("Snow on a ladder is no place for heroes. We plan for eight good hours of light.")
        .of("rosa", &["install"])
        .under("pace")
        .state(State::Draft)
        .known_by(&[
            at_most("Accidents with time lost", "accidents", 0.0).every_time().by("jakub"),
            reach("Work that can be done indoors in bad weather", "%", 35.0, 65.0).by("pauline").of("delivery"),
            between("Hours of work in a crew’s week", "h", 34.0, 40.0).every_time().by("stine"),
        ]),
];
