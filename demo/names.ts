/** Invented people are put together from names that are common in Sweden today, whatever their origin. */
export const givenNames: readonly string[] = (
  'Alva Alma Ella Elsa Ebba Freja Hanna Ida Ines Iris Julia Klara Leah Linnea Lova Maja Moa Molly Nora Olivia Saga Selma ' +
  'Signe Stella Tuva Vera Wilma Amina Aya Dalia Fatima Hodan Jasmin Leyla Maryam Nadia Rana Sara Yasmin Zeinab Zofia ' +
  'Adam Albin Alexander August Axel Charlie Edvin Elias Elliot Emil Felix Filip Gustav Hugo Isak Jonathan Kevin Leo ' +
  'Liam Love Lucas Melvin Noah Oliver Oscar Sixten Theo Viggo Viktor Vincent William Abdi Ahmed Ali Amir Daniel Hassan ' +
  'Ibrahim Jamal Karim Milan Mohamed Nikola Omar Rayan Samir Yusuf Zakaria'
).split(' ');

export const familyNames: readonly string[] = (
  'Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Pettersson Jonsson Jansson ' +
  'Hansson Bengtsson Jönsson Lindberg Jakobsson Magnusson Lindström Olofsson Lindqvist Lindgren Berg Axelsson Bergström ' +
  'Lundberg Lind Lundgren Mattsson Berglund Fredriksson Sandberg Henriksson Forsberg Sjöberg Wallin Engström Danielsson ' +
  'Håkansson Eklund Lundin Gunnarsson Björk Bergman Holm Wikström Isaksson Fransson Nyström Holmberg Arvidsson Löfgren ' +
  'Söderberg Nyberg Blomqvist Claesson Nordström Mårtensson Lundström Abdullahi Ahmadi Ali Haddad Hassan Hussein Jama ' +
  'Khalil Kovačević Mahmoud Nguyen Nowak Omar Petrović Rahimi Saleh Warsame Yılmaz'
).split(' ');
